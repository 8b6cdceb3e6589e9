using MaskDashboard.Accounts;
using MaskDashboard.Compliance;
using MaskDashboard.Deletion;
using MaskDashboard.Localization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace MaskDashboard.Components.Results;

/// <summary>Counts, asks, deletes, and says what was deleted.</summary>
public sealed partial class DeleteDialog
{
    private ImageSelection? _fixed;
    private DeletionCount? _count;
    private DeletionCount? _progress;
    private DeletionCount? _deleted;

    /// <summary>The dialog.</summary>
    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    /// <summary>What shall be deleted.</summary>
    [Parameter, EditorRequired]
    public required ImageSelection Selection { get; set; }

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>Deletes.</summary>
    [Inject]
    public required ImageDeletion Deletion { get; init; }

    /// <summary>Who deletes.</summary>
    [Inject]
    public required ViewerIdentity Viewer { get; init; }

    /// <summary>Shows the dialog.</summary>
    /// <param name="dialogs">Shows dialogs.</param>
    /// <param name="selection">What shall be deleted.</param>
    /// <returns>Whether it was deleted.</returns>
    public static async Task<bool> AskAsync(IDialogService dialogs, ImageSelection selection)
    {
        var dialog = await dialogs.ShowAsync<DeleteDialog>(
            null, new DialogParameters<DeleteDialog> { { asked => asked.Selection, selection } }, new DialogOptions { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true, BackdropClick = false });
        await dialog.Result;
        // However it was closed: what is deleted is deleted.
        return dialog.Dialog is DeleteDialog { _deleted: not null };
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var (selection, count) = await Deletion.CountAsync(Selection);
        (_fixed, _count) = (selection, count);
    }

    private async Task DeleteAsync()
    {
        _progress = default(DeletionCount);
        // It goes on to its end when the viewer leaves: half of a selection is nothing anybody asked for.
        _deleted = await Deletion.DeleteAsync(_fixed!, Viewer.Actor, new Progress<DeletionCount>(Show));
    }

    private void Show(DeletionCount count) => InvokeAsync(() =>
    {
        _progress = count;
        StateHasChanged();
    });

    private string Words(DeletionCount count) => string.Join(", ", (string[])
    [
        L.Count(count.Images, "{0} photograph", "{0} photographs"),
        L.Count(count.Faces, "{0} face", "{0} faces"),
        L.Count(count.Corrections, "{0} correction", "{0} corrections"),
    ]);

    private void Close() => Dialog.Close();

    private void Cancel() => Dialog.Cancel();
}
