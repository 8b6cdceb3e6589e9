namespace MaskDashboard.Compliance;

/// <summary>How much time a bar of a chart stands for.</summary>
public enum ChartStep
{
    /// <summary>An hour of the viewer's clock.</summary>
    Hour = 0,

    /// <summary>A calendar day.</summary>
    Day = 1,

    /// <summary>A week, from the first day of the viewer's week.</summary>
    Week = 2,

    /// <summary>A calendar month.</summary>
    Month = 3,
}

/// <summary>Which steps suit a period.</summary>
public static class ChartSteps
{
    /// <summary>Bars a chart has at most; more are too thin to see and to hit.</summary>
    public const int MaxSlots = 400;

    /// <summary>The step that shows a period best: bars enough for a course, few enough to tell apart.</summary>
    /// <param name="days">Length of the period in days.</param>
    public static ChartStep For(double days) => days switch
    {
        <= 2 => ChartStep.Hour,
        <= 92 => ChartStep.Day,
        <= 800 => ChartStep.Week,
        _ => ChartStep.Month,
    };

    /// <summary>Whether a step does not make too many bars.</summary>
    /// <param name="step">The step.</param>
    /// <param name="days">Length of the period in days.</param>
    public static bool Fits(ChartStep step, double days) => step switch
    {
        ChartStep.Hour => days * 24 <= MaxSlots,
        ChartStep.Day => days <= MaxSlots,
        ChartStep.Week => days / 7 <= MaxSlots - 2,
        _ => true,
    };
}
