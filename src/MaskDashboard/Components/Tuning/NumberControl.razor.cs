using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace MaskDashboard.Components.Tuning;

/// <summary>One number among the settings, by slider and by field.</summary>
public sealed partial class NumberControl
{
    private string _text = "";
    private double? _textOf = double.NaN;
    private bool _refused;

    /// <summary>Name for tests and for labels; unique on the page.</summary>
    [Parameter, EditorRequired]
    public required string Key { get; set; }

    /// <summary>What people call it.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>One sentence: what it acts on.</summary>
    [Parameter]
    public string? ActsOn { get; set; }

    /// <summary>Unit beside the field; empty for none.</summary>
    [Parameter]
    public string Unit { get; set; } = "";

    /// <summary>Smallest value.</summary>
    [Parameter, EditorRequired]
    public double Min { get; set; }

    /// <summary>Greatest value.</summary>
    [Parameter, EditorRequired]
    public double Max { get; set; }

    /// <summary>Where the slider ends.</summary>
    [Parameter, EditorRequired]
    public double SliderMax { get; set; }

    /// <summary>Between two values of the slider.</summary>
    [Parameter, EditorRequired]
    public double Step { get; set; }

    /// <summary>The value tried; null for none of its own.</summary>
    [Parameter, EditorRequired]
    public double? Value { get; set; }

    /// <summary>The value saved; null for none of its own.</summary>
    [Parameter, EditorRequired]
    public double? Saved { get; set; }

    /// <summary>The value the program comes with; null for none of its own.</summary>
    [Parameter]
    public double? Default { get; set; }

    /// <summary>Where the slider stands without a value.</summary>
    [Parameter]
    public double Fallback { get; set; }

    /// <summary>Whether the settings as they are leave it without effect.</summary>
    [Parameter]
    public bool Idle { get; set; }

    /// <summary>Writes a value with its unit; null is none of its own.</summary>
    [Parameter, EditorRequired]
    public required Func<double?, string> Written { get; set; }

    /// <summary>Somebody tries another value; within the bounds.</summary>
    [Parameter]
    public EventCallback<double?> ValueChanged { get; set; }

    private bool IsChanged => Value != Saved;

    private double Shown => Value ?? Fallback;

    // A typed value beyond the usual range stretches the slider instead of being cut off by it.
    private double SliderEnd => Math.Max(SliderMax, Shown);

    private string FieldId => $"setting-{Key}";

    private string WordsId => $"setting-{Key}-words";

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (!Nullable.Equals(_textOf, Value))
        {
            (_textOf, _text, _refused) = (Value, Value is { } value ? N(value) : "", false);
        }
    }

    private static string N(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static double? Number(ChangeEventArgs change) =>
        double.TryParse(change.Value as string, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private Task SlideAsync(ChangeEventArgs change) => Number(change) is { } value ? ChangeAsync(value) : Task.CompletedTask;

    private Task TypeAsync(ChangeEventArgs change)
    {
        _text = change.Value as string ?? "";
        if (_text.Length == 0 && Default is null)
        {
            return ChangeAsync(null);
        }

        if (Number(change) is not { } value || value < Min || value > Max)
        {
            _refused = true;
            return Task.CompletedTask;
        }

        return ChangeAsync(value);
    }

    private Task ChangeAsync(double? value)
    {
        _refused = false;
        return ValueChanged.InvokeAsync(value);
    }
}
