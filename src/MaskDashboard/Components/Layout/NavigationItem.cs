using MaskDashboard.Accounts;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;

namespace MaskDashboard.Components.Layout;

/// <summary>An entry of the main navigation.</summary>
/// <param name="Address">The page.</param>
/// <param name="Label">English name, also the key of its translations.</param>
/// <param name="Icon">A MudBlazor icon.</param>
/// <param name="Match">Which addresses light the entry up.</param>
/// <param name="Group">English heading that it stands under, with its neighbours of the same group; null for none.</param>
/// <param name="Role">The role that the page needs at the least.</param>
public sealed record NavigationItem(string Address, string Label, string Icon, NavLinkMatch Match = NavLinkMatch.Prefix, string? Group = null, AccountRole Role = AccountRole.Viewer)
{
    /// <summary>The main navigation, in order. Who adds a page adds its entry here.</summary>
    public static IReadOnlyList<NavigationItem> All { get; } =
    [
        new("/", "Overview", Icons.Material.Outlined.SpaceDashboard, NavLinkMatch.All),
        new("/upload", "Upload", Icons.Material.Outlined.Upload, Role: AccountRole.Reviewer),
        new("/review", "Review", Icons.Material.Outlined.RateReview, Role: AccountRole.Reviewer),
        new("/history", "History", Icons.Material.Outlined.History),
        new("/about", "About", Icons.Material.Outlined.Info),
        new("/admin/settings", "Settings", Icons.Material.Outlined.Tune, Group: "Admin", Role: AccountRole.Administrator),
        new("/admin/notifications", "Notifications", Icons.Material.Outlined.Notifications, Group: "Admin", Role: AccountRole.Administrator),
        new("/admin/data", "Data", Icons.Material.Outlined.Storage, Group: "Admin", Role: AccountRole.Administrator),
        new(AccountAddresses.Users, "Users", Icons.Material.Outlined.Group, Group: "Admin", Role: AccountRole.Administrator),
        new(AccountAddresses.Audit, "Audit log", Icons.Material.Outlined.FactCheck, Group: "Admin", Role: AccountRole.Administrator),
    ];
}
