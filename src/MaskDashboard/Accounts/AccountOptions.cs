using System.ComponentModel.DataAnnotations;

namespace MaskDashboard.Accounts;

/// <summary>Accounts and sign-ins; section <c>Accounts</c>.</summary>
public sealed class AccountOptions
{
    /// <summary>A run without accounts, on this machine only; what <c>--demo</c> sets. Default false.</summary>
    public bool Demo { get; set; }

    /// <summary>Shortest password, characters. Default 12.</summary>
    [Range(8, 128)]
    public int MinPasswordLength { get; set; } = 12;

    /// <summary>Wrong passwords in a row that lock an account for a while. Default 5.</summary>
    [Range(1, 100)]
    public int MaxFailedSignIns { get; set; } = 5;

    /// <summary>How long they lock it, minutes. Default 15.</summary>
    [Range(1, 1440)]
    public int LockoutMinutes { get; set; } = 15;

    /// <summary>Tries to sign in from one address within a minute; further ones fail unseen. Default 20.</summary>
    [Range(1, 10_000)]
    public int MaxSignInsPerMinute { get; set; } = 20;

    /// <summary>How long a sign-in lasts after its last use, hours. Default 12.</summary>
    [Range(1, 168)]
    public int SessionHours { get; set; } = 12;

    /// <summary>The same where the viewer asked to stay signed in, days. Default 30.</summary>
    [Range(1, 365)]
    public int StayDays { get; set; } = 30;

    /// <summary>How long a one-time password can be used, days. Default 7.</summary>
    [Range(1, 90)]
    public int OneTimePasswordDays { get; set; } = 7;

    /// <summary>The arguments with <c>--demo</c> in the form that configuration understands, wherever it stands.</summary>
    /// <param name="arguments">As typed.</param>
    public static string[] Arguments(string[] arguments) => [.. arguments.Select(argument => argument == "--demo" ? "--Accounts:Demo=true" : argument)];
}
