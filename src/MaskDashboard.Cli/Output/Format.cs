using System.Globalization;

namespace MaskDashboard.Cli.Output;

/// <summary>Numbers for tables, the same whatever the terminal's language.</summary>
public static class Format
{
    private const string Unknown = "-";

    /// <summary>A share as per cent with one decimal, or a dash.</summary>
    public static string Percent(double? share) => share is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.0} %") : Unknown;

    /// <summary>A share with its 95 % interval, for instance <c>97.2 % (95.0 to 98.4)</c>.</summary>
    public static string Percent(double? share, double[]? interval) => interval is [var low, var high]
        ? string.Create(CultureInfo.InvariantCulture, $"{Percent(share)} ({low * 100:0.0} to {high * 100:0.0})")
        : Percent(share);

    /// <summary>A number, or a dash.</summary>
    /// <param name="value">The number.</param>
    /// <param name="format">How, for instance <c>0.0</c>.</param>
    public static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? Unknown;

    /// <summary>A count.</summary>
    public static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
