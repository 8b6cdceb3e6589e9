using MaskDashboard.Compliance;

namespace MaskDashboard.Components.Controls;

/// <summary>A period with a name, counted back from the viewer's today.</summary>
/// <param name="Name">Stable name.</param>
/// <param name="Label">English label; the key of its translations.</param>
public sealed record FilterPeriod(string Name, string Label)
{
    /// <summary>No limits.</summary>
    public const string Any = "any";

    /// <summary>Days of the viewer's own choice.</summary>
    public const string Custom = "custom";

    /// <summary>Every period, in order.</summary>
    public static IReadOnlyList<FilterPeriod> All { get; } =
    [
        new(Any, "Any time"),
        new("today", "Today"),
        new("week", "This week"),
        new("days7", "Last 7 days"),
        new("days30", "Last 30 days"),
        new("days365", "Last 365 days"),
        new(Custom, "From … to …"),
    ];

    /// <summary>Puts a period into a filter; <see cref="Custom"/> leaves its days as they are.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="name">Name of the period.</param>
    /// <param name="today">The viewer's today.</param>
    /// <param name="startOfWeek">First day of the viewer's week.</param>
    public static ImageFilter Apply(ImageFilter filter, string name, DateOnly today, DateOnly startOfWeek) => name == Custom
        ? filter
        : filter with { From = Start(name, today, startOfWeek), To = name == Any ? null : today };

    /// <summary>Name of the period a filter holds.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="today">The viewer's today.</param>
    /// <param name="startOfWeek">First day of the viewer's week.</param>
    public static string NameOf(ImageFilter filter, DateOnly today, DateOnly startOfWeek) =>
        All.FirstOrDefault(period => period.Name != Custom && Apply(filter, period.Name, today, startOfWeek) == filter)?.Name ?? Custom;

    private static DateOnly? Start(string name, DateOnly today, DateOnly startOfWeek) => name switch
    {
        "today" => today,
        "week" => startOfWeek,
        "days7" => today.AddDays(-6),
        "days30" => today.AddDays(-29),
        "days365" => today.AddDays(-364),
        _ => null,
    };
}
