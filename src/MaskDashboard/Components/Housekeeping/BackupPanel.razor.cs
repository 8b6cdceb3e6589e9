using MaskDashboard.Accounts;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Housekeeping;
using MaskDashboard.Localization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Housekeeping;

/// <summary>The backups of the data folder and what can be done with them.</summary>
public sealed partial class BackupPanel
{
    // Backups hold every photograph; what limits them is the disk.
    private const long MaxBytes = long.MaxValue;

    private IReadOnlyList<StoredBackup>? _backups;
    private Work? _work;
    private string? _said;
    private string? _problem;
    private string? _asked;

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>The backups.</summary>
    [Inject]
    public required BackupStore Backups { get; init; }

    /// <summary>Restores at the next start.</summary>
    [Inject]
    public required StagedRestore Restore { get; init; }

    /// <summary>Who asks.</summary>
    [Inject]
    public required ViewerIdentity Viewer { get; init; }

    /// <summary>The viewer's days.</summary>
    [Inject]
    public required ViewerTime Time { get; init; }

    private bool IsBusy => _work is not null;

    /// <inheritdoc />
    public void Dispose() => _work?.Stop.Cancel();

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => await ListAsync();

    private Task TakeAsync() => WorkAsync(L["Backing up…"], async (progress, stop) => L["{0} is ready.", await Backups.TakeAsync(Viewer.Actor, progress, stop)]);

    private Task BringAsync(InputFileChangeEventArgs change) => WorkAsync(L["Receiving…"], async (_, stop) =>
    {
        await using var content = change.File.OpenReadStream(MaxBytes, stop);
        return L["{0} is here; it can be restored below.", await Backups.BringAsync(content, Viewer.Actor, stop)];
    });

    private Task StageAsync(string name) => WorkAsync(L["Unpacking and checking…"], async (progress, stop) =>
    {
        if (Backups.Find(name) is not { } path)
        {
            return L["{0} is gone.", name];
        }

        await Restore.StageAsync(path, Viewer.Actor, progress, stop);
        return null;
    });

    private async Task Discard()
    {
        await Restore.DiscardAsync(Viewer.Actor);
        (_said, _problem) = (L["The present data stay."], null);
    }

    private async Task DeleteAsync(string name)
    {
        await Backups.DeleteAsync(name, Viewer.Actor);
        (_asked, _said, _problem) = (null, L["{0} is deleted.", name], null);
        await ListAsync();
    }

    // Reading the manifests opens every file.
    private async Task ListAsync() => _backups = await Task.Run(Backups.List);

    private async Task WorkAsync(string words, Func<IProgress<BackupProgress>, CancellationToken, Task<string?>> run)
    {
        if (IsBusy)
        {
            return;
        }

        using var stop = new CancellationTokenSource();
        (_work, _said, _problem) = (new Work(words, stop), null, null);
        try
        {
            _said = await run(new Progress<BackupProgress>(Show), stop.Token);
        }
        catch (BackupException exception)
        {
            _problem = exception.Message;
        }
        catch (OperationCanceledException)
        {
            _said = L["Cancelled; nothing stayed."];
        }
        finally
        {
            _work = null;
        }

        await ListAsync();
    }

    private void Show(BackupProgress progress) => InvokeAsync(() =>
    {
        if (_work is { } work && (progress.Done == progress.Total || progress.Done % 50 == 0))
        {
            work.Progress = progress;
            StateHasChanged();
        }
    });

    private sealed record Work(string Words, CancellationTokenSource Stop)
    {
        public BackupProgress Progress { get; set; }
    }
}
