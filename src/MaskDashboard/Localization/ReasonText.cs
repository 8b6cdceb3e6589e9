using System.Text.RegularExpressions;
using MaskDashboard.Vision.Classification;
using MaskDashboard.Vision.Decoding;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Localization;

/// <summary>
/// Puts reasons into the viewer's language. They are kept as English sentences, so that the database, the log and the API read
/// well, and because one reason is read by people of different languages.
/// </summary>
public static partial class ReasonText
{
    private static readonly IReadOnlyList<(string Sentence, Regex Pattern)> _withFigures =
        [.. RejectionSentences.WithFigures.Concat(ProviderSentences.WithFigures).Select(sentence => (sentence, new Regex($"^{Placeholder().Replace(Regex.Escape(sentence), "(.+?)")}$", RegexOptions.CultureInvariant)))];

    /// <summary>A refusal, the reason of a failed analysis or of an execution provider in the viewer's language; one that nobody translated stays English.</summary>
    /// <param name="localizer">The viewer's language.</param>
    /// <param name="sentence">The English sentence, with its figures.</param>
    public static string Reason(this IStringLocalizer localizer, string sentence)
    {
        foreach (var (template, pattern) in _withFigures)
        {
            if (pattern.Match(sentence) is { Success: true } match)
            {
                return localizer[template, [.. match.Groups.Values.Skip(1).Select(group => group.Value)]];
            }
        }

        return localizer[sentence];
    }

    // Regex.Escape writes {0} as \{0}.
    [GeneratedRegex(@"\\\{\d+\}")]
    private static partial Regex Placeholder();
}
