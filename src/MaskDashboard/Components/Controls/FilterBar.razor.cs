using System.Globalization;
using MaskDashboard.Compliance;
using MaskDashboard.Components.Charts;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using MaskDashboard.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Controls;

/// <summary>The filter above lists, figures and charts. It holds no filter itself: the page keeps it in its address.</summary>
public sealed partial class FilterBar : IDisposable
{
    private static readonly TimeSpan _typingPause = TimeSpan.FromMilliseconds(300);

    private LiveRefresh? _typing;
    private string? _typed;
    private string _period = FilterPeriod.Any;
    private bool _customWanted;

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>The viewer's days.</summary>
    [Inject]
    public required ViewerTime Time { get; init; }

    /// <summary>The present.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>The filter in force.</summary>
    [Parameter, EditorRequired]
    public required ImageFilter Filter { get; set; }

    /// <summary>The viewer wants another one.</summary>
    [Parameter, EditorRequired]
    public EventCallback<ImageFilter> FilterChanged { get; set; }

    /// <summary>The sites there are.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Site> Sites { get; set; }

    /// <summary>What "Clear" goes back to.</summary>
    [Parameter]
    public ImageFilter Cleared { get; set; } = new();

    /// <summary>Whether one can filter by review.</summary>
    [Parameter]
    public bool WithReviewed { get; set; } = true;

    /// <summary>Whether one can filter by the state of the analysis.</summary>
    [Parameter]
    public bool WithState { get; set; } = true;

    /// <summary>Whether one can search.</summary>
    [Parameter]
    public bool WithSearch { get; set; } = true;

    private string? Moments => (Filter.SinceUtc, Filter.UntilUtc) switch
    {
        (null, null) => null,
        ({ } since, null) => L["from {0}", Time.DateAndTime(since)],
        (null, { } until) => L["before {0}", Time.DateAndTime(until)],
        ({ } since, { } until) => SlotText.Moments(Time, since, until),
    };

    private string? ClockTime => (Filter.Weekday, Filter.Hour) switch
    {
        (null, null) => null,
        ({ } weekday, null) => SlotText.Weekday(weekday),
        (null, { } hour) => SlotText.Hour(hour),
        ({ } weekday, { } hour) => $"{SlotText.Weekday(weekday)}, {SlotText.Hour(hour)}",
    };

    /// <inheritdoc />
    public void Dispose() => _typing?.Dispose();

    /// <inheritdoc />
    protected override void OnParametersSet() =>
        _period = _customWanted ? FilterPeriod.Custom : FilterPeriod.NameOf(Filter, Time.Today, Time.StartOfWeek);

    private static string? Value(ChangeEventArgs change) => change.Value as string is { Length: > 0 } value ? value : null;

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Day(ChangeEventArgs change) =>
        DateOnly.TryParseExact(Value(change), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static T? Choice<T>(ChangeEventArgs change)
        where T : struct, Enum => Enum.TryParse<T>(Value(change), out var choice) ? choice : null;

    private Task ChoosePeriodAsync(ChangeEventArgs change)
    {
        var name = Value(change) ?? FilterPeriod.Any;
        _customWanted = name == FilterPeriod.Custom;
        if (_customWanted)
        {
            _period = name;
            return Task.CompletedTask;
        }

        return ChangeAsync(FilterPeriod.Apply(Filter, name, Time.Today, Time.StartOfWeek));
    }

    private Task ChangeAsync(ImageFilter filter)
    {
        if (filter == Cleared)
        {
            _customWanted = false;
        }

        return FilterChanged.InvokeAsync(filter);
    }

    // Searching with every letter would ask the database for words nobody means.
    private void SearchSoon(ChangeEventArgs change)
    {
        _typed = Value(change);
        _typing ??= new LiveRefresh(Clock, _typingPause, () => InvokeAsync(() => SearchAsync(_typed)));
        _typing.Request();
    }

    private Task SearchAsync(string? text) => text == Filter.Search ? Task.CompletedTask : ChangeAsync(Filter with { Search = text });
}
