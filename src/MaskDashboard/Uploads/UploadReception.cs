using System.Security.Cryptography;
using MaskDashboard.Privacy;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Decoding;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Uploads;

/// <summary>An upload that was received and checked.</summary>
/// <param name="Sha256">Hash of the uploaded bytes.</param>
/// <param name="Length">How many there were.</param>
/// <param name="Header">What the file says of itself.</param>
/// <param name="Analysed">Its result, where it had to be analysed before anything was written; the file is the blurred one then. Null otherwise.</param>
internal sealed record ReceivedUpload(string Sha256, long Length, ImageHeader Header, BlurredUpload? Analysed);

/// <summary>
/// Receives uploads: streamed to disk while hashed, checked, freed of metadata and flushed. Where faces are always blurred, an upload is received
/// and analysed in memory, and the first thing that is written is the blurred file.
/// </summary>
/// <param name="originals">Uploaded files.</param>
/// <param name="runtime">Checks and decodes.</param>
/// <param name="contexts">Makes contexts.</param>
/// <param name="blurring">Whether faces are blurred.</param>
/// <param name="blurred">Analyses before anything is written.</param>
public sealed class UploadReception(
    OriginalStore originals, VisionRuntime runtime, IDbContextFactory<DashboardDbContext> contexts, FaceBlurring blurring, BlurredAnalysis blurred)
{
    /// <summary>Receives an upload into a file that is whole, flushed, and ready to be adopted; there is none where the image is known and nothing of it may be written.</summary>
    /// <param name="content">The file's bytes.</param>
    /// <param name="temp">Path of the file.</param>
    /// <param name="request">What comes with it.</param>
    /// <param name="cancellationToken">The sender went away; a part of the file may be there.</param>
    /// <exception cref="ImageRejectedException">It cannot be analysed.</exception>
    internal async Task<ReceivedUpload> ReceiveAsync(Stream content, string temp, IntakeRequest request, CancellationToken cancellationToken) =>
        await blurring.ModeAsync(cancellationToken) == FaceBlurMode.Always
            ? await ReceiveBlurredAsync(content, temp, request, cancellationToken)
            : await ReceiveSharpAsync(content, temp, cancellationToken);

    private async Task<ReceivedUpload> ReceiveSharpAsync(Stream content, string temp, CancellationToken cancellationToken)
    {
        string sha256;
        await using (var arriving = new FileStream(temp, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.Asynchronous))
        {
            sha256 = await CopyAsync(content, arriving, cancellationToken);
        }

        var file = await File.ReadAllBytesAsync(temp, cancellationToken);
        var header = runtime.Decoder.ReadHeader(file);
        var kept = runtime.Decoder.WithoutMetadata(file);
        // The pixels are decoded once: a file that is cut off is refused while its sender still looks, and leaves nothing.
        using (runtime.Decoder.Decode(kept))
        {
            await originals.WriteAsync(temp, kept, cancellationToken);
        }

        return new ReceivedUpload(sha256, file.Length, header, Analysed: null);
    }

    private async Task<ReceivedUpload> ReceiveBlurredAsync(Stream content, string temp, IntakeRequest request, CancellationToken cancellationToken)
    {
        using var arriving = new MemoryStream();
        var sha256 = await CopyAsync(content, arriving, cancellationToken);
        var file = arriving.ToArray();
        var header = runtime.Decoder.ReadHeader(file);
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await context.Images.AnyAsync(image => image.Sha256 == sha256, cancellationToken))
            {
                // Known: nothing will be stored, so nothing need be looked for.
                return new ReceivedUpload(sha256, file.Length, header, Analysed: null);
            }
        }

        var analysed = await blurred.RunAsync(file, request.Detector, request.SiteName, cancellationToken);
        await originals.WriteAsync(temp, analysed.File, cancellationToken);
        return new ReceivedUpload(sha256, file.Length, header, analysed);
    }

    private async Task<string> CopyAsync(Stream content, Stream target, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[81_920];
        var limit = runtime.Options.Decoding.MaxBytes;
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (target.Length + read > limit)
            {
                throw ImageDecoder.TooLarge(limit);
            }

            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
