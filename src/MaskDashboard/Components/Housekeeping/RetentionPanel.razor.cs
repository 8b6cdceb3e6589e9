using System.Globalization;
using MaskDashboard.Components.Controls;
using MaskDashboard.Housekeeping;
using MaskDashboard.Localization;
using MaskDashboard.Storage;

namespace MaskDashboard.Components.Housekeeping;

/// <summary>Three numbers of days, and what they remove.</summary>
public sealed partial class RetentionPanel
{
    private static readonly Field[] Fields =
    [
        new("Originals", "the photograph goes, result and thumbnail stay; nothing can be looked at again", rules => rules.OriginalDays, (rules, days) => rules.OriginalDays = days),
        new("Thumbnails", "the small annotated picture goes, the result stays", rules => rules.ThumbnailDays, (rules, days) => rules.ThumbnailDays = days),
        new("Results", "everything about the image goes, and the figures without it", rules => rules.ResultDays, (rules, days) => rules.ResultDays = days),
    ];

    private RetentionRules _rules = new();
    private RetentionCount? _count;
    private bool _loaded;
    private bool _changed;
    private string? _problem;
    private bool _saved;

    private string Effect => (_problem, _saved, _count) switch
    {
        ({ }, _, _) => "",
        (_, true, _) => L["Saved. It takes effect within the hour."],
        (_, _, { } count) when count == default => _rules.Any ? L["Nothing is old enough yet to go."] : L["Everything is kept until somebody deletes it."],
        (_, _, { } count) => L["Now this would remove {0}.", string.Join(", ", Parts(count))],
        _ => "",
    };

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _rules = await Retention.RulesAsync();
        _count = await Retention.CountAsync(_rules);
        _loaded = true;
    }

    private IEnumerable<string> Parts(RetentionCount count) => from part in new[]
        {
            (count.Images, L.Count(count.Images, "{0} image with all about it", "{0} images with all about them")),
            (count.Originals, L.Count(count.Originals, "{0} original", "{0} originals")),
            (count.Thumbnails, L.Count(count.Thumbnails, "{0} thumbnail", "{0} thumbnails")),
        }
        where part.Item1 > 0
        select part.Item2;

    private async Task WriteAsync(Field field, string? text)
    {
        (_saved, _problem, _changed) = (false, null, true);
        if (string.IsNullOrWhiteSpace(text))
        {
            field.Set(_rules, null);
        }
        else if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= RetentionRules.MinDays and <= RetentionRules.MaxDays)
        {
            field.Set(_rules, days);
        }
        else
        {
            (_problem, _changed) = (L["{0}: days are whole numbers from {1} to {2}.", L[field.Name].Value, FigureText.Number(RetentionRules.MinDays), FigureText.Number(RetentionRules.MaxDays)], false);
            return;
        }

        _count = await Retention.CountAsync(_rules);
    }

    private async Task SaveAsync()
    {
        if (!_changed)
        {
            return;
        }

        await Retention.SaveAsync(_rules, Viewer.Actor);
        (_changed, _saved) = (false, true);
    }

    private sealed record Field(string Name, string Words, Func<RetentionRules, int?> Get, Action<RetentionRules, int?> Set);
}
