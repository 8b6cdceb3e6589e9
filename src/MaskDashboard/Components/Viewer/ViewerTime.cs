using System.Globalization;

namespace MaskDashboard.Components.Viewer;

/// <summary>Times as the viewer reads them: in the time zone of the browser, in the viewer's language. One for each circuit.</summary>
/// <param name="clock">The present.</param>
public sealed class ViewerTime(TimeProvider clock)
{
    /// <summary>Raised when the browser turns out to be in another zone than was thought.</summary>
    public event Action? Changed;

    /// <summary>The browser's time zone; UTC until it is known.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>The viewer's calendar day.</summary>
    public DateOnly Today => DateOnly.FromDateTime(ToLocal(clock.GetUtcNow().UtcDateTime));

    /// <summary>The first day of the viewer's week, by the viewer's culture.</summary>
    public DateOnly StartOfWeek
    {
        get
        {
            var today = Today;
            var daysIn = ((int)today.DayOfWeek - (int)CultureInfo.CurrentCulture.DateTimeFormat.FirstDayOfWeek + 7) % 7;
            return today.AddDays(-daysIn);
        }
    }

    /// <summary>Sets the zone; a name this machine does not know is ignored.</summary>
    /// <param name="ianaName">For instance <c>Asia/Seoul</c>.</param>
    public void Use(string? ianaName)
    {
        if (ianaName is not null && TimeZoneInfo.TryFindSystemTimeZoneById(ianaName, out var zone) && zone.Id != Zone.Id)
        {
            Zone = zone;
            Changed?.Invoke();
        }
    }

    /// <summary>The viewer's wall-clock time.</summary>
    /// <param name="utc">A time in UTC.</param>
    public DateTime ToLocal(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    /// <summary>The moment a wall-clock time of the viewer means. A time that the switch to summer time leaves out is moved past the gap.</summary>
    /// <param name="local">The viewer's wall-clock time.</param>
    public DateTimeOffset FromLocal(DateTime local)
    {
        var unspecified = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (Zone.IsInvalidTime(unspecified))
        {
            unspecified = unspecified.AddHours(1);
        }

        return new DateTimeOffset(unspecified, Zone.GetUtcOffset(unspecified));
    }

    /// <summary>Short date and time.</summary>
    /// <param name="utc">A time in UTC.</param>
    public string DateAndTime(DateTime utc) => ToLocal(utc).ToString("g", CultureInfo.CurrentCulture);

    /// <summary>Short date.</summary>
    /// <param name="utc">A time in UTC.</param>
    public string Date(DateTime utc) => ToLocal(utc).ToString("d", CultureInfo.CurrentCulture);

    /// <summary>Date and time with seconds and the zone's offset, for places where it must be exact.</summary>
    /// <param name="utc">A time in UTC.</param>
    public string Exact(DateTime utc)
    {
        var local = ToLocal(utc);
        var offset = Zone.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
        return string.Create(CultureInfo.CurrentCulture, $"{local:G} UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}");
    }
}
