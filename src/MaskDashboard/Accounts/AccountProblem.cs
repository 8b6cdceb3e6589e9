namespace MaskDashboard.Accounts;

/// <summary>Why an account was not made or changed.</summary>
public enum AccountProblem
{
    /// <summary>The set-up token is not the printed one, or was used.</summary>
    WrongToken = 0,

    /// <summary>A name has 1 to 64 characters and no control characters.</summary>
    BadName = 1,

    /// <summary>There is an account of that name.</summary>
    NameTaken = 2,

    /// <summary>The password is too short.</summary>
    PasswordTooShort = 3,

    /// <summary>The password repeats a few characters only.</summary>
    PasswordTooSimple = 4,

    /// <summary>The password has the account's name in it.</summary>
    PasswordHasName = 5,

    /// <summary>The new password is the old one.</summary>
    PasswordUnchanged = 6,

    /// <summary>The present password is wrong, or was wrong too often.</summary>
    WrongPassword = 7,

    /// <summary>No administrator who can sign in would be left.</summary>
    LastAdministrator = 8,

    /// <summary>The account was deleted meanwhile.</summary>
    Gone = 9,

    /// <summary>A key has a name of 1 to 60 characters.</summary>
    BadKeyName = 10,

    /// <summary>A key has at the most its owner's role, and ends within two years.</summary>
    BadKey = 11,
}

/// <summary>An account was not made or changed; nothing was stored.</summary>
/// <param name="problem">Why.</param>
public sealed class AccountException(AccountProblem problem) : Exception($"The account was not changed: {problem}.")
{
    /// <summary>Why.</summary>
    public AccountProblem Problem => problem;
}
