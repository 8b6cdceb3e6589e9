using Microsoft.Extensions.Localization;

namespace MaskDashboard.Localization;

/// <summary>Sentences that carry a number.</summary>
public static class CountedText
{
    /// <summary>The sentence for one or for many; <c>{0}</c> in both is the number.</summary>
    /// <param name="localizer">The viewer's language.</param>
    /// <param name="count">How many.</param>
    /// <param name="one">English sentence for exactly one, for instance <c>{0} face</c>.</param>
    /// <param name="many">English sentence for any other number, for instance <c>{0} faces</c>.</param>
    public static string Count(this IStringLocalizer localizer, long count, string one, string many) =>
        localizer[count == 1 ? one : many, count.ToString("N0", System.Globalization.CultureInfo.CurrentCulture)];
}
