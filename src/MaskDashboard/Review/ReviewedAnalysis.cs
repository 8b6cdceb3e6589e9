using MaskDashboard.Accounts;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Review;

/// <summary>An analysis within a transaction that changes what reviewers say of it.</summary>
internal sealed class ReviewedAnalysis
{
    private readonly DashboardDbContext _context;
    private readonly Actor _who;
    private readonly DateTime _nowUtc;
    private readonly List<FaceCorrection> _statements;
    private readonly List<string> _news = [];

    private ReviewedAnalysis(DashboardDbContext context, ImageAnalysis analysis, List<FaceCorrection> statements, Actor who, DateTime nowUtc)
    {
        (_context, Analysis, _statements, _who) = (context, analysis, statements, who);
        // One moment is one step: no two steps of an analysis may share theirs, however coarse the clock is.
        var newest = statements.Select(statement => statement.AtUtc).DefaultIfEmpty().Max();
        _nowUtc = nowUtc > newest ? nowUtc : newest.AddTicks(1);
    }

    /// <summary>The analysis with its image, settings version, faces and pairs.</summary>
    public ImageAnalysis Analysis { get; }

    /// <summary>Whether anything was said or undone.</summary>
    public bool HasNews => _news.Count > 0;

    /// <summary>Loads a finished analysis; null when it is gone, or is not the one shown for its image.</summary>
    public static async Task<ReviewedAnalysis?> LoadAsync(
        DashboardDbContext context, long analysisId, Actor who, TimeProvider clock, CancellationToken cancellationToken)
    {
        var analysis = await context.Analyses
            .Include(stored => stored.Image)
            .Include(stored => stored.SettingsVersion)
            .Include(stored => stored.Faces)
            .Include(stored => stored.Pairs)
            .AsSplitQuery()
            .SingleOrDefaultAsync(stored => stored.Id == analysisId && stored.IsCurrent && stored.State == AnalysisState.Done, cancellationToken);
        if (analysis is null)
        {
            return null;
        }

        var statements = await context.Corrections.Where(statement => statement.Face!.AnalysisId == analysisId).ToListAsync(cancellationToken);
        return new ReviewedAnalysis(context, analysis, statements, who, clock.GetUtcNow().UtcDateTime);
    }

    /// <summary>Whether a statement is about a face of this analysis and the reviewer did not just say the same, nor withdraws what nobody said.</summary>
    public bool IsNews(FaceStatement statement)
    {
        if (Analysis.Faces.Find(face => face.Id == statement.FaceId) is not { } face)
        {
            return false;
        }

        var last = _statements.Where(said => said.FaceId == face.Id && said.UndoneAtUtc is null).MaxBy(said => said.Id);
        return last is null
            ? statement.Label is not null || face.Origin == FaceOrigin.Reviewer
            : last.Label != statement.Label || last.ById != _who.UserId;
    }

    /// <summary>Says something of a face.</summary>
    public void Say(long faceId, ReviewedLabel? label)
    {
        var statement = new FaceCorrection { FaceId = faceId, Label = label, ById = _who.UserId, AtUtc = _nowUtc };
        _statements.Add(statement);
        _context.Add(statement);
        _news.Add($"{NameOf(faceId)}: {Words(label, faceId)}");
    }

    /// <summary>Undoes the reviewer's last standing step.</summary>
    /// <returns>What was said in it; empty when nothing of theirs stands.</returns>
    public IReadOnlyList<FaceStatement> UndoLastStep()
    {
        var own = _statements.Where(statement => statement.UndoneAtUtc is null && statement.ById == _who.UserId).ToList();
        var step = own.Where(statement => statement.AtUtc == own.Max(other => other.AtUtc)).OrderBy(statement => statement.Id).ToList();
        foreach (var statement in step)
        {
            statement.UndoneAtUtc = _nowUtc;
            _news.Add($"{NameOf(statement.FaceId)}: {Words(statement.Label, statement.FaceId)}, undone");
        }

        return [.. step.Select(statement => new FaceStatement(statement.FaceId, statement.Label))];
    }

    /// <summary>Adds a face that the program missed.</summary>
    public Face Draw(FaceCandidate face)
    {
        var ((box, score), (mask, noMask)) = face;
        var drawn = new Face
        {
            Index = Analysis.Faces.Select(other => other.Index + 1).DefaultIfEmpty().Max(),
            Origin = FaceOrigin.Reviewer,
            X = box.X,
            Y = box.Y,
            Width = box.Width,
            Height = box.Height,
            Score = score,
            MaskProbability = mask,
            NoMaskProbability = noMask,
            Label = Judgement.Label(face.Probabilities, SettingsStore.Parse(Analysis.SettingsVersion!.SettingsJson)),
        };
        Analysis.Faces.Add(drawn);
        return drawn;
    }

    /// <summary>Brings labels, distances and figures up to date.</summary>
    /// <returns>Whether other faces count than before.</returns>
    public bool Settle() => EffectiveFaces.Apply(Analysis, _statements.Where(statement => statement.UndoneAtUtc is null));

    /// <summary>What happened, in words for the audit log.</summary>
    public string News => $"Image {Analysis.ImageId}: {string.Join("; ", _news)}";

    private string NameOf(long faceId) => $"face {Analysis.Faces.Find(face => face.Id == faceId)!.Index + 1}";

    private string Words(ReviewedLabel? label, long faceId) => label switch
    {
        ReviewedLabel.Mask => "mask",
        ReviewedLabel.NoMask => "no mask",
        ReviewedLabel.NotAFace => "not a face",
        _ => Analysis.Faces.Find(face => face.Id == faceId)!.Origin == FaceOrigin.Reviewer ? "drawn" : "as the program says",
    };
}
