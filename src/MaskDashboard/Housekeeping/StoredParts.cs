using System.Security.Cryptography;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Housekeeping;

/// <summary>A stored file or picture.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Hash of what is stored, 64 lower-case hexadecimal digits.</param>
/// <param name="RemovedFromUtc">When retention removes it at the earliest, UTC; null to keep it until somebody deletes it.</param>
public sealed record StoredPart(long Bytes, string Sha256, DateTime? RemovedFromUtc);

/// <summary>What is stored about one image. Cuttings of faces are made while somebody looks and never stored.</summary>
/// <param name="Original">The file without its metadata; null when it was removed.</param>
/// <param name="FacesBlurred">Whether the faces that were found are blurred in the original and the thumbnails.</param>
/// <param name="Thumbnails">One for each analysis that has one.</param>
/// <param name="CapturedAtSource">Where the time of capture is from.</param>
/// <param name="HasFocalLength">Whether the focal length that the file named is kept.</param>
/// <param name="ResultsRemovedFromUtc">When retention removes everything about the image at the earliest, UTC; null for never.</param>
/// <param name="UploadedBy">Name of the account; null in a run without accounts or when the account is gone.</param>
/// <param name="Analyses">Analyses, earlier ones included.</param>
/// <param name="SettingsVersions">Versions of the settings behind them, ascending.</param>
/// <param name="Faces">Faces and candidates of all analyses.</param>
/// <param name="Corrections">Corrections, undone ones included.</param>
/// <param name="CorrectedBy">Names of the accounts that corrected, in alphabetical order.</param>
/// <param name="ReviewedBy">Names of the accounts that marked it reviewed, in alphabetical order.</param>
public sealed record StoredParts(
    StoredPart? Original,
    bool FacesBlurred,
    IReadOnlyList<StoredPart> Thumbnails,
    CaptureTimeSource CapturedAtSource,
    bool HasFocalLength,
    DateTime? ResultsRemovedFromUtc,
    string? UploadedBy,
    int Analyses,
    IReadOnlyList<long> SettingsVersions,
    int Faces,
    int Corrections,
    IReadOnlyList<string> CorrectedBy,
    IReadOnlyList<string> ReviewedBy);

/// <summary>Tells what is stored about one image.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="originals">Uploaded files.</param>
/// <param name="retention">How long things are kept.</param>
public sealed class StoredPartsReader(IDbContextFactory<DashboardDbContext> contexts, OriginalStore originals, Retention retention)
{
    /// <summary>The lines of the audit log that name an image, oldest first.</summary>
    /// <param name="imageId">The image.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<AuditEntry>> AuditEntriesAsync(long imageId, CancellationToken cancellationToken = default)
    {
        var (one, more) = ($"Image {imageId} %", $"Image {imageId}:%");
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.AuditEntries.Where(entry => EF.Functions.Like(entry.Details, one) || EF.Functions.Like(entry.Details, more)).OrderBy(entry => entry.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Reads what is stored; null when there is no such image.</summary>
    /// <param name="imageId">The image.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<StoredParts?> ReadAsync(long imageId, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Images.AsNoTracking().SingleOrDefaultAsync(image => image.Id == imageId, cancellationToken) is not { } image)
        {
            return null;
        }

        var rules = await retention.RulesAsync(cancellationToken);
        var analyses = await context.Analyses.AsNoTracking().Where(analysis => analysis.ImageId == imageId).ToListAsync(cancellationToken);
        long[] ids = [.. analyses.Select(analysis => analysis.Id)];
        var thumbnails = await context.Thumbnails.AsNoTracking().Where(thumbnail => EF.Parameter(ids).Contains(thumbnail.AnalysisId)).OrderBy(thumbnail => thumbnail.AnalysisId)
            .Select(thumbnail => thumbnail.Bytes).ToListAsync(cancellationToken);
        var corrections = await context.Corrections.Where(correction => EF.Parameter(ids).Contains(correction.Face!.AnalysisId))
            .Select(correction => correction.ById).ToListAsync(cancellationToken);
        string[] people = [.. corrections.Concat(analyses.Select(analysis => analysis.ReviewedById)).Append(image.UploadedById).OfType<string>().Distinct()];
        var names = await context.Users.Where(user => EF.Parameter(people).Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.UserName ?? "", cancellationToken);
        return new StoredParts(
            await OriginalAsync(image, Due(image, rules.OriginalDays, rules.ResultDays), cancellationToken),
            image.FacesBlurred,
            [.. thumbnails.Select(bytes => new StoredPart(bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), Due(image, rules.ThumbnailDays, rules.ResultDays)))],
            image.CapturedAtSource,
            image.ExifFocalLengthPixels is not null,
            Due(image, rules.ResultDays),
            image.UploadedById is { } by ? names.GetValueOrDefault(by) : null,
            analyses.Count,
            [.. analyses.Select(analysis => analysis.SettingsVersionId).Distinct().Order()],
            await context.Faces.CountAsync(face => EF.Parameter(ids).Contains(face.AnalysisId), cancellationToken),
            corrections.Count,
            NamesOf(corrections, names),
            NamesOf(analyses.Select(analysis => analysis.ReviewedById), names));
    }

    // Retention may remove the file between the row's reading and here: then it is gone, which is the truth.
    private async Task<StoredPart?> OriginalAsync(StoredImage image, DateTime? dueUtc, CancellationToken cancellationToken)
    {
        var path = originals.PathOf(image.Sha256);
        if (!image.HasOriginal || !File.Exists(path))
        {
            return null;
        }

        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.Asynchronous);
        return new StoredPart(file.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)), dueUtc);
    }

    private static DateTime? Due(StoredImage image, params int?[] days) => days.Min() is { } kept ? image.UploadedAtUtc.AddDays(kept) : null;

    private static string[] NamesOf(IEnumerable<string?> keys, Dictionary<string, string> names) =>
        [.. keys.OfType<string>().Distinct().Select(key => names.GetValueOrDefault(key)).OfType<string>().Order(StringComparer.CurrentCulture)];
}
