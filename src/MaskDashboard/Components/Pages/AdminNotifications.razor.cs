using System.Globalization;
using MaskDashboard.Accounts;
using MaskDashboard.Components.Notifications;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Compliance;
using MaskDashboard.Localization;
using MaskDashboard.Notifications;
using MaskDashboard.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MudBlazor;

namespace MaskDashboard.Components.Pages;

/// <summary>The rules that say when to tell, each with its last posts. What cannot be taken back is asked for once more, at its rule.</summary>
public sealed partial class AdminNotifications
{
    private IReadOnlyList<RuleRow>? _rows;
    private IReadOnlyList<Site> _sites = [];
    private Draft _draft = new();
    private Question? _asked;
    private string? _problem;
    private string? _secret;
    private string _secretOf = "";

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>The viewer's clock.</summary>
    [Inject]
    public required ViewerTime Time { get; init; }

    /// <summary>Who administers.</summary>
    [Inject]
    public required ViewerIdentity Viewer { get; init; }

    /// <summary>The cool-down.</summary>
    [Inject]
    public required IOptions<NotificationOptions> Options { get; init; }

    /// <summary>Knows the sites.</summary>
    [Inject]
    public required HistoryQueries History { get; init; }

    /// <summary>Says what was done.</summary>
    [Inject]
    public required ISnackbar Notes { get; init; }

    [Inject]
    internal NotificationRules Rules { get; init; } = null!;

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        _sites = await History.SitesAsync(Leaving);
        _rows = await Queries.RulesAsync(Leaving);
    }

    private string StateOf(NotificationRule rule) => rule switch
    {
        { Paused: true } => L["paused"],
        { IsTrue: true, ToldAtUtc: { } at } => L["true since {0}; silent until it is false", Time.DateAndTime(at)],
        { ToldAtUtc: { } at } => L["not true; last told {0}", Time.DateAndTime(at)],
        _ => L["not true"],
    };

    private Task SaveAsync() => TryAsync(async () =>
    {
        var secret = await Rules.SaveAsync(_draft.Id, _draft.Wording, Viewer.Actor, Leaving);
        if (secret is not null)
        {
            (_secret, _secretOf) = (secret, _draft.Name.Trim());
        }

        Notes.Add(L["Saved: {0}", _draft.Name.Trim()], Severity.Success);
        _draft = new();
    });

    private Task PauseAsync(NotificationRule rule) => TryAsync(() => Rules.PauseAsync(rule.Id, !rule.Paused, Viewer.Actor, Leaving));

    private Task TestAsync(NotificationRule rule) => TryAsync(() => Rules.SendTestAsync(rule.Id, Viewer.Actor, Leaving));

    private void Edit(NotificationRule rule) => _draft = new()
    {
        Id = rule.Id,
        Title = rule.Name,
        Name = rule.Name,
        Measure = rule.Measure,
        LimitPercent = rule.LimitPercent,
        Hours = rule.Hours,
        Site = rule.SiteId?.ToString(CultureInfo.InvariantCulture) ?? "",
        MinPeople = rule.MinPeople,
        Webhook = rule.WebhookAddress ?? "",
    };

    private void AskSecret(NotificationRule rule) => _asked = new Question(
        rule.Id,
        "Replace the secret of {0}?",
        "Replace it",
        async () => (_secret, _secretOf) = (await Rules.NewSecretAsync(rule.Id, Viewer.Actor, Leaving), rule.Name));

    private void AskDelete(NotificationRule rule) => _asked = new Question(
        rule.Id,
        "Delete {0} for ever?",
        "Delete for ever",
        async () =>
        {
            await Rules.DeleteAsync(rule.Id, Viewer.Actor, Leaving);
            if (_draft.Id == rule.Id)
            {
                _draft = new();
            }
        });

    private Task ConfirmAsync()
    {
        var asked = _asked!;
        _asked = null;
        return TryAsync(asked.Do);
    }

    private async Task TryAsync(Func<Task> change)
    {
        _problem = null;
        try
        {
            await change();
        }
        catch (RuleException refused)
        {
            _problem = NotificationText.Refusal(L, refused.Problem);
        }

        await LoadAsync();
    }

    private sealed record Question(long RuleId, string Words, string Yes, Func<Task> Do);

    private sealed class Draft
    {
        public long? Id { get; init; }

        public string Title { get; init; } = "";

        public string Name { get; set; } = "";

        public NotificationMeasure Measure { get; set; }

        public int LimitPercent { get; set; } = 80;

        public int Hours { get; set; } = 24;

        public string Site { get; set; } = "";

        public int MinPeople { get; set; } = 20;

        public string Webhook { get; set; } = "";

        public RuleWording Wording => new(
            Name, Measure, LimitPercent, Hours, long.TryParse(Site, NumberStyles.None, CultureInfo.InvariantCulture, out var site) ? site : null, MinPeople, Webhook);
    }
}
