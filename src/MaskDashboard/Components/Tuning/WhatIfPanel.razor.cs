using MaskDashboard.Compliance;
using MaskDashboard.Components.Controls;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using MaskDashboard.Queue;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Tuning;
using MaskDashboard.Vision;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Tuning;

/// <summary>What the settings that are tried would make of the stored results that pass the filter.</summary>
public sealed partial class WhatIfPanel
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan _newsPause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _leaving = new();
    private SettingDefinition _along = SettingDefinition.MinDistance(DistanceRule.PixelsTopLeft);
    private AnalysisSettings? _lastTried;
    private ImageFilter? _shownFilter;
    private LiveRefresh? _judge;
    private LiveRefresh? _news;
    private IDisposable? _subscription;
    private WhatIfResult? _result;

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>The viewer's days.</summary>
    [Inject]
    public required ViewerTime Time { get; init; }

    /// <summary>The present.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>What the queue does.</summary>
    [Inject]
    public required AnalysisEvents Events { get; init; }

    /// <summary>Judges stored results.</summary>
    [Inject]
    public required WhatIfQueries Queries { get; init; }

    /// <summary>Which results.</summary>
    [Parameter, EditorRequired]
    public required ImageFilter Filter { get; set; }

    /// <summary>The viewer wants another filter.</summary>
    [Parameter]
    public EventCallback<ImageFilter> FilterChanged { get; set; }

    /// <summary>Every site.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Site> Sites { get; set; }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _subscription?.Dispose();
        _judge?.Dispose();
        _news?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _along = SettingDefinition.MinDistance(Draft.Settings.DistanceRule);
        _judge = new LiveRefresh(Clock, _pause, () => InvokeAsync(JudgeAsync));
        _news = new LiveRefresh(Clock, _newsPause, () => InvokeAsync(JudgeAsync));
        _subscription = Events.Subscribe(_ => _news.Request());
    }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        _lastTried ??= Draft.Settings;
        if (_shownFilter != Filter)
        {
            _shownFilter = Filter;
            _judge!.Request();
        }
    }

    /// <inheritdoc />
    protected override bool Concerns()
    {
        // The curve runs along whatever is being moved.
        var (before, now) = (_lastTried ?? Draft.Saved.Settings, Draft.Settings);
        var moved = SettingDefinition.All.Where(setting => setting.Get(before) != setting.Get(now)).ToList();
        _lastTried = now;
        if (moved is [var only] && WhatIf.HasCurve(only, now))
        {
            _along = only;
        }
        else if (before.DistanceRule != now.DistanceRule || !WhatIf.HasCurve(_along, now))
        {
            _along = SettingDefinition.MinDistance(now.DistanceRule);
        }

        _judge?.Request();
        return false;
    }

    private void ChooseAxis(ChangeEventArgs change)
    {
        _along = SettingDefinition.Of((string)change.Value!);
        _judge!.Request();
    }

    private async Task JudgeAsync()
    {
        try
        {
            _result = await Queries.JudgeAsync(Draft.Tried, Filter, Time.Zone, _along, _leaving.Token);
            Draft.Tell(Sentence(_result));
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // Nobody looks any longer.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private string Sentence(WhatIfResult result)
    {
        var whole = L["{0} and {1}", L.Count(result.Images, "{0} photograph", "{0} photographs"), L.Count(result.Before.Faces, "{0} face", "{0} faces")];
        if (result.ChangedFaces == 0)
        {
            return L["Changes no face of {0}: mask compliance {1}, too close {2}.", whole.Value, FigureText.Compliance(result.Before), FigureText.Percent(result.Before.TooCloseRate)];
        }

        return L[
            "Changes {0} in {1} of {2}: mask compliance from {3} to {4}, too close from {5} to {6}.",
            L.Count(result.ChangedFaces, "{0} face", "{0} faces"),
            L.Count(result.ChangedImages, "{0} photograph", "{0} photographs"),
            whole.Value,
            FigureText.Compliance(result.Before),
            FigureText.Compliance(result.After),
            FigureText.Percent(result.Before.TooCloseRate),
            FigureText.Percent(result.After.TooCloseRate)];
    }
}
