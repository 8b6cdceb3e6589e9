using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaskDashboard.Compliance;
using MaskDashboard.Storage;
using MaskDashboard.Vision.Annotation;
using Microsoft.Net.Http.Headers;

namespace MaskDashboard.Api;

/// <summary>Entity tags.</summary>
internal static class EntityTag
{
    private const int TagBytes = 16;

    /// <summary>A tag of content.</summary>
    public static EntityTagHeaderValue Of(ReadOnlySpan<byte> content) => new($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, TagBytes))}\"");

    /// <summary>A tag of a stored photograph, or of something made of it: another one once its faces are blurred.</summary>
    /// <param name="originals">Where it is stored.</param>
    /// <param name="sha256">Its hash, of the bytes that were uploaded.</param>
    /// <param name="made">What is made of it, if not the whole photograph.</param>
    public static EntityTagHeaderValue OfPhotograph(OriginalStore originals, string sha256, string made = "") =>
        Of(string.Create(CultureInfo.InvariantCulture, $"{sha256}/{originals.WrittenAtUtc(sha256).Ticks}/{made}"));

    /// <summary>A tag of an annotated photograph: of its pixels, which faces count, what they are, who is too close, whether they are blurred.</summary>
    /// <param name="originals">Where the photograph is stored.</param>
    /// <param name="result">Its result.</param>
    /// <param name="options">How it is drawn.</param>
    public static EntityTagHeaderValue OfAnnotated(OriginalStore originals, ImageResult result, AnnotationOptions options) => OfPhotograph(
        originals,
        result.Image.Sha256,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Analysis.Id}/{result.Analysis.SettingsVersionId}/{options.BlurFaces}/{string.Join(',', result.Analysis.Faces.Select(face => $"{face.Id}{face.EffectiveCounted}{face.EffectiveLabel}{face.TooClose}"))}"));

    /// <summary>Sets the tag; when the sender of the request already has this content, also sets 304.</summary>
    public static bool Matches(HttpContext http, EntityTagHeaderValue tag)
    {
        var headers = http.Response.GetTypedHeaders();
        headers.ETag = tag;
        var known = http.Request.GetTypedHeaders().IfNoneMatch;
        if (!known.Any(candidate => candidate.Equals(EntityTagHeaderValue.Any) || candidate.Compare(tag, useStrongComparison: false)))
        {
            return false;
        }

        http.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    private static EntityTagHeaderValue Of(string text) => Of(Encoding.UTF8.GetBytes(text));
}
