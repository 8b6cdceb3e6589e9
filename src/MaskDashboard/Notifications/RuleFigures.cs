using MaskDashboard.Compliance;
using MaskDashboard.Storage;

namespace MaskDashboard.Notifications;

/// <summary>What a rule sees at a moment.</summary>
/// <param name="SinceUtc">First moment of its period.</param>
/// <param name="UntilUtc">First moment after it: the end of the present quarter hour, because figures are kept by those.</param>
/// <param name="Figures">The figures of the photographs taken in it.</param>
public sealed record RuleFigures(DateTime SinceUtc, DateTime UntilUtc, PeriodFigures Figures)
{
    /// <summary>The period of a rule.</summary>
    /// <param name="hours">Its length.</param>
    /// <param name="nowUtc">The present.</param>
    public static (DateTime SinceUtc, DateTime UntilUtc) Period(int hours, DateTime nowUtc)
    {
        var until = QuarterHour.StartUtc(QuarterHour.Of(nowUtc) + 1);
        return (until.AddHours(-hours), until);
    }

    /// <summary>The measured share, 0 to 1; null when nothing is counted.</summary>
    /// <param name="measure">What is looked at.</param>
    /// <param name="figures">The figures.</param>
    public static double? Share(NotificationMeasure measure, PeriodFigures figures) => measure == NotificationMeasure.Compliance ? figures.Faces.Compliance : figures.TooCloseShare;

    /// <summary>The people the share is of.</summary>
    /// <param name="measure">What is looked at.</param>
    /// <param name="figures">The figures.</param>
    public static int People(NotificationMeasure measure, PeriodFigures figures) => measure == NotificationMeasure.Compliance ? figures.Faces.Mask + figures.Faces.NoMask : figures.FacesInPairs;

    /// <summary>Whether a rule is true of these figures. Compared in whole numbers, so that a share on the limit is not past it.</summary>
    /// <param name="rule">The rule.</param>
    public bool Fulfil(NotificationRule rule)
    {
        var people = People(rule.Measure, Figures);
        return people >= Math.Max(rule.MinPeople, 1) && (rule.Measure == NotificationMeasure.Compliance
            ? 100L * Figures.Faces.Mask < (long)rule.LimitPercent * people
            : 100L * Figures.Faces.TooClose > (long)rule.LimitPercent * people);
    }
}
