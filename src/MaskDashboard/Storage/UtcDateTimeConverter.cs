using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MaskDashboard.Storage;

/// <summary>Stores a time as it is and marks it as UTC when it is read. Throws when a local time is about to be stored.</summary>
public sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(
    time => ToStored(time),
    time => DateTime.SpecifyKind(time, DateTimeKind.Utc))
{
    private static DateTime ToStored(DateTime time) => time.Kind == DateTimeKind.Local
        ? throw new InvalidOperationException("A local time was about to be stored; the database keeps UTC only.")
        : time;
}
