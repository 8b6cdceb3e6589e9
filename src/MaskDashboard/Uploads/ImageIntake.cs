using System.Data.Common;
using MaskDashboard.Accounts;
using MaskDashboard.Analysis;
using MaskDashboard.Monitoring;
using MaskDashboard.Queue;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Decoding;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Uploads;

/// <summary>What comes with an upload.</summary>
/// <param name="FileName">As the sender named it; a folder in it is dropped.</param>
/// <param name="SiteName">Camera or place; null for none.</param>
/// <param name="CapturedAtUtc">When it was taken; null to take it from the file, else the time of the upload.</param>
/// <param name="Detector">The engine; null for the settings'.</param>
/// <param name="By">Who; null for the program itself.</param>
public sealed record IntakeRequest(string FileName, string? SiteName = null, DateTime? CapturedAtUtc = null, DetectorKind? Detector = null, Actor? By = null);

/// <summary>What became of an upload.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="AnalysisId">Its current analysis.</param>
/// <param name="Duplicate">Whether the same bytes were here already.</param>
public sealed record IntakeResult(long ImageId, long AnalysisId, bool Duplicate);

/// <summary>
/// Takes uploads in: received, moved into place, and committed as queued, in this order, so that an answered upload is never lost and an
/// unanswered one leaves nothing. Where faces are always blurred, its result is committed with it.
/// </summary>
/// <param name="originals">Uploaded files.</param>
/// <param name="reception">Receives.</param>
/// <param name="runtime">Names the models.</param>
/// <param name="contexts">Makes contexts.</param>
/// <param name="writer">Writes.</param>
/// <param name="settings">The settings in force.</param>
/// <param name="queue">Is woken.</param>
/// <param name="metrics">Counts and times.</param>
/// <param name="audit">Keeps who uploaded.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Log.</param>
public sealed partial class ImageIntake(
    OriginalStore originals,
    UploadReception reception,
    VisionRuntime runtime,
    IDbContextFactory<DashboardDbContext> contexts,
    DatabaseWriter writer,
    SettingsStore settings,
    AnalysisQueue queue,
    DashboardMetrics metrics,
    AuditLog audit,
    TimeProvider clock,
    ILogger<ImageIntake> logger)
{
    private const int MaxFileNameLength = 255;
    private const int MaxSiteNameLength = 80;

    /// <summary>Takes an upload in.</summary>
    /// <param name="content">The file's bytes.</param>
    /// <param name="request">What comes with it.</param>
    /// <param name="cancellationToken">The sender went away: nothing stays.</param>
    /// <exception cref="ImageRejectedException">It cannot be analysed; nothing stays.</exception>
    /// <exception cref="IOException">Disk or database do not take it; nothing stays.</exception>
    public async Task<IntakeResult> AcceptAsync(Stream content, IntakeRequest request, CancellationToken cancellationToken = default)
    {
        request.By?.Require(AccountRole.Reviewer);
        var temp = originals.NewTempPath();
        try
        {
            var upload = await reception.ReceiveAsync(content, temp, request, cancellationToken);

            // From here on the sender's going away no longer matters: file and row belong together.
            var result = await writer.WriteAsync(
                (context, token) => StoreAsync(context, temp, upload, request, token),
                committed: null,
                () => DiscardAsync(upload.Sha256),
                CancellationToken.None);
            if (!result.Duplicate)
            {
                if (upload.Analysed is { } analysed)
                {
                    metrics.Finished(analysed.Result, analysed.DecodeMilliseconds);
                }

                queue.Announce(result.AnalysisId, result.ImageId, upload.Analysed is null ? AnalysisState.Queued : AnalysisState.Done);
            }

            return result;
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException or UnauthorizedAccessException)
        {
            throw new IOException("The data folder does not take an upload.", exception);
        }
        finally
        {
            File.Delete(temp);
        }
    }

    // A file that was moved into place and whose row was then not committed. A row that another upload committed keeps it.
    private async Task DiscardAsync(string sha256)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync();
            if (!await context.Images.AnyAsync(image => image.Sha256 == sha256))
            {
                originals.Delete(sha256);
            }
        }
        catch (Exception exception) when (exception is DbException or IOException or UnauthorizedAccessException)
        {
            // The sender hears why the upload failed, not this; the next start deletes files without a row.
            LogNotDiscarded(logger, exception);
        }
    }

    private async Task<IntakeResult> StoreAsync(DashboardDbContext context, string temp, ReceivedUpload upload, IntakeRequest request, CancellationToken cancellationToken)
    {
        var (sha256, length, header, analysed) = upload;
        var known = await context.Images.Include(image => image.Analyses).SingleOrDefaultAsync(image => image.Sha256 == sha256, cancellationToken);
        if (known is not null && known.Analyses.Find(analysis => analysis.IsCurrent) is { } current)
        {
            known.UploadCount++;
            return new IntakeResult(known.Id, current.Id, Duplicate: true);
        }

        if (!File.Exists(temp))
        {
            // Known when it arrived, and deleted since.
            throw new IOException("The image was deleted while it was uploaded again.");
        }

        originals.Adopt(temp, sha256);
        var now = clock.GetUtcNow().UtcDateTime;
        var (capturedAtUtc, source) = CaptureTime(header, request, now);
        var image = new StoredImage
        {
            Sha256 = sha256,
            FileName = Sanitize(request.FileName),
            Format = header.Format,
            ByteLength = length,
            Width = header.Width,
            Height = header.Height,
            ExifFocalLengthPixels = header.ExifFocalLengthPixels,
            Site = await SiteAsync(context, request.SiteName, now, cancellationToken),
            CapturedAtUtc = capturedAtUtc,
            CapturedAtSource = source,
            UploadedAtUtc = now,
            UploadedById = request.By?.UserId,
            TimesBlurred = analysed is null ? 0 : 1,
        };
        context.Add(image);
        await context.SaveChangesAsync(cancellationToken);
        var version = analysed?.Version ?? settings.Current;
        var detector = analysed?.Detector ?? request.Detector ?? version.Settings.Detector;
        var analysis = new ImageAnalysis
        {
            ImageId = image.Id,
            SettingsVersionId = version.VersionId,
            Detector = detector,
            ModelVersion = runtime.ModelVersion(detector),
            IsCurrent = true,
            QueuedAtUtc = now,
            CapturedAtUtc = capturedAtUtc,
            SiteId = image.SiteId,
        };
        if (analysed is not null)
        {
            (analysis.State, analysis.Attempts, analysis.StartedAtUtc, analysis.CompletedAtUtc, analysis.DecodeMilliseconds) =
                (AnalysisState.Done, 1, analysed.StartedAtUtc, now, analysed.DecodeMilliseconds);
            StoredResult.Write(analysis, analysed.Result, analysed.Thumbnail);
        }

        context.Add(analysis);
        audit.Append(context, AuditAction.Upload, $"Image {image.Id} uploaded", request.By ?? Actor.Program);
        await context.SaveChangesAsync(cancellationToken);
        return new IntakeResult(image.Id, analysis.Id, Duplicate: false);
    }

    private static (DateTime Utc, CaptureTimeSource Source) CaptureTime(ImageHeader header, IntakeRequest request, DateTime nowUtc)
    {
        if (request.CapturedAtUtc is { } given)
        {
            return (given, CaptureTimeSource.Uploader);
        }

        if (header.CapturedAt is not { } clockTime)
        {
            return (nowUtc, CaptureTimeSource.Upload);
        }

        // A camera that keeps no offset shows the time of the place where the program runs, as far as anybody knows.
        var offset = header.CapturedUtcOffset ?? TimeZoneInfo.Local.GetUtcOffset(clockTime);
        return (DateTime.SpecifyKind(clockTime - offset, DateTimeKind.Utc), CaptureTimeSource.Exif);
    }

    private static async Task<Site?> SiteAsync(DashboardDbContext context, string? name, DateTime nowUtc, CancellationToken cancellationToken)
    {
        name = name?.Trim();
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }

        name = name[..Math.Min(name.Length, MaxSiteNameLength)];
        return await context.Sites.SingleOrDefaultAsync(site => site.Name == name, cancellationToken) ?? new Site { Name = name, CreatedAtUtc = nowUtc };
    }

    /// <summary>The last part of a path of any system, without control characters.</summary>
    internal static string Sanitize(string fileName)
    {
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        name = string.Concat(name.Where(character => !char.IsControl(character))).Trim();
        return name.Length switch
        {
            0 => "unnamed",
            > MaxFileNameLength => name[^MaxFileNameLength..],
            _ => name,
        };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The file of a failed upload could not be deleted; the next start does so")]
    private static partial void LogNotDiscarded(ILogger logger, Exception exception);
}
