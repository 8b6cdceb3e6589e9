using Microsoft.AspNetCore.Identity;

namespace MaskDashboard.Storage;

/// <summary>An account.</summary>
public sealed class DashboardUser : IdentityUser
{
    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedAtUtc { get; set; }

    /// <summary>When somebody last signed in to it, UTC; null for never.</summary>
    public DateTime? LastSignInAtUtc { get; set; }

    /// <summary>When an administrator locked it, UTC; null for not locked. Wrong passwords lock it for a while by <see cref="IdentityUser{T}.LockoutEnd"/>.</summary>
    public DateTime? LockedAtUtc { get; set; }

    /// <summary>Until when its one-time password can be used, UTC; null for a password that its owner chose.</summary>
    public DateTime? OneTimePasswordUntilUtc { get; set; }
}
