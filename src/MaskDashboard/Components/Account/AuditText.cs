using MaskDashboard.Storage;

namespace MaskDashboard.Components.Account;

/// <summary>Names of what the audit log is about.</summary>
internal static class AuditText
{
    /// <summary>English name, also the key of its translations.</summary>
    /// <param name="action">What it is about.</param>
    public static string Name(AuditAction action) => action switch
    {
        AuditAction.SignIn => "Sign-in",
        AuditAction.SignInFailed => "Sign-in refused",
        AuditAction.SignOut => "Sign-out",
        AuditAction.Upload => "Upload",
        AuditAction.Correction => "Correction",
        AuditAction.Review => "Review",
        AuditAction.Settings => "Settings",
        AuditAction.Deletion => "Deletion",
        AuditAction.Export => "Export",
        AuditAction.Account => "Account",
        AuditAction.Backup => "Backup",
        _ => "Administration",
    };
}
