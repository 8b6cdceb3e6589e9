using System.Globalization;
using System.Text;
using MaskDashboard.Compliance;

namespace MaskDashboard.Exports;

/// <summary>Names of exported files: what the filter was and when.</summary>
public static class ExportName
{
    /// <summary>For instance <c>mask-dashboard-2026-05-01-to-2026-05-31-gate-reviewed-20260601-0830.csv</c>.</summary>
    /// <param name="selection">The images.</param>
    /// <param name="siteName">Name of the filter's site; null for none.</param>
    /// <param name="nowUtc">The present, UTC.</param>
    /// <param name="extension">For instance <c>csv</c>.</param>
    public static string Of(ImageSelection selection, string? siteName, DateTime nowUtc, string extension)
    {
        var parts = new List<string> { "mask-dashboard" };
        if (selection.ImageIds is not null)
        {
            parts.Add("selection");
        }
        else
        {
            parts.AddRange(Parts(selection.Filter, siteName));
        }

        parts.Add(TimeZoneInfo.ConvertTimeFromUtc(nowUtc, selection.Zone).ToString("yyyyMMdd-HHmm", CultureInfo.InvariantCulture));
        return $"{string.Join('-', parts)}.{extension}";
    }

    private static IEnumerable<string> Parts(ImageFilter filter, string? siteName)
    {
        foreach (var (key, value) in filter.ToQuery())
        {
            var part = key switch
            {
                "from" when filter.To is null => $"from-{value}",
                "to" => $"to-{value}",
                "site" => siteName ?? $"site-{value}",
                "reviewed" => filter.Reviewed == true ? "reviewed" : "not-reviewed",
                "q" => "search",
                _ => value!,
            };
            if (Plain(part) is { Length: > 0 } plain)
            {
                yield return plain;
            }
        }
    }

    // Letters and digits of any language, since sites are named in the users' own.
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                plain.Append(Rune.ToLowerInvariant(rune).ToString());
            }
            else if (plain.Length > 0 && plain[^1] != '-')
            {
                plain.Append('-');
            }
        }

        return plain.ToString().Trim('-');
    }
}
