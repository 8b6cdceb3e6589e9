using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tuning;

/// <summary>Carries what reviewers said of the faces of one analysis over to another analysis of the same photograph.</summary>
internal static class CarriedStatements
{
    // The same face for two engines: they draw their boxes differently, but not that differently.
    private const float SameFaceIou = 0.5f;

    /// <summary>Carries the standing statements over. Faces that the other analysis did not find are added as drawn by the reviewer.</summary>
    /// <param name="context">The database, within a transaction.</param>
    /// <param name="fromId">The analysis that reviewers spoke of.</param>
    /// <param name="toId">The other one.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task CarryAsync(DashboardDbContext context, long fromId, long toId, CancellationToken cancellationToken)
    {
        var said = await context.Corrections.Include(statement => statement.Face)
            .Where(statement => statement.Face!.AnalysisId == fromId && statement.UndoneAtUtc == null).ToListAsync(cancellationToken);
        if (said.Count == 0)
        {
            return;
        }

        var to = await context.Analyses.Include(analysis => analysis.Image).Include(analysis => analysis.SettingsVersion).Include(analysis => analysis.Faces)
            .Include(analysis => analysis.Pairs).AsSplitQuery().SingleAsync(analysis => analysis.Id == toId, cancellationToken);
        var spoken = (await context.Corrections.Where(statement => statement.Face!.AnalysisId == toId && statement.UndoneAtUtc == null)
            .Select(statement => statement.FaceId).ToListAsync(cancellationToken)).ToHashSet();
        foreach (var last in said.GroupBy(statement => statement.FaceId).Select(face => face.MaxBy(statement => statement.Id)!))
        {
            var old = last.Face!;
            var same = to.Faces.Where(face => face.Box.IntersectionOverUnion(old.Box) >= SameFaceIou).MaxBy(face => face.Box.IntersectionOverUnion(old.Box));
            if (same is null)
            {
                if (!old.EffectiveCounted)
                {
                    continue;
                }

                same = Copy(old, to.Faces.Select(face => face.Index + 1).DefaultIfEmpty().Max());
                to.Faces.Add(same);
                await context.SaveChangesAsync(cancellationToken);
            }

            if (spoken.Add(same.Id))
            {
                context.Add(new FaceCorrection { FaceId = same.Id, Label = last.Label, ById = last.ById, AtUtc = last.AtUtc });
            }
        }

        await context.SaveChangesAsync(cancellationToken);
        Rejudgement.Settle(to, await context.Corrections.Where(statement => statement.Face!.AnalysisId == toId && statement.UndoneAtUtc == null).ToListAsync(cancellationToken));
        await HistoryRestore.MarkPicturesAsync(context, [toId], cancellationToken);
    }

    private static Face Copy(Face face, int index) => new()
    {
        Index = index,
        Origin = FaceOrigin.Reviewer,
        X = face.X,
        Y = face.Y,
        Width = face.Width,
        Height = face.Height,
        Score = 1,
        MaskProbability = face.MaskProbability,
        NoMaskProbability = face.NoMaskProbability,
        Label = face.Label,
    };
}
