using MaskDashboard.Accounts;
using MaskDashboard.Localization;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Account;

/// <summary>Sentences about accounts.</summary>
internal static class AccountText
{
    /// <summary>Why an account was not made or changed, and what to do.</summary>
    /// <param name="texts">The viewer's language.</param>
    /// <param name="problem">Why.</param>
    /// <param name="options">The limits.</param>
    public static string Problem(IStringLocalizer<Text> texts, AccountProblem problem, AccountOptions options) => problem switch
    {
        AccountProblem.WrongToken => texts["The token is not the one that the program printed at its start: copy the whole address from its console."],
        AccountProblem.BadName => texts["The name needs 1 to 64 characters."],
        AccountProblem.NameTaken => texts["There is an account of this name: choose another."],
        AccountProblem.PasswordTooShort => texts["The password needs {0} characters or more.", options.MinPasswordLength],
        AccountProblem.PasswordTooSimple => texts["The password repeats a few characters only: use 5 different ones or more."],
        AccountProblem.PasswordHasName => texts["The password has the account's name in it: choose another."],
        AccountProblem.PasswordUnchanged => texts["The new password is the present one: choose another."],
        AccountProblem.WrongPassword => texts["The present password is wrong, or was wrong too often: try again later."],
        AccountProblem.LastAdministrator => texts["No administrator who can sign in would be left: make another one first."],
        AccountProblem.BadKeyName => texts["The key needs a name of 1 to 60 characters."],
        AccountProblem.BadKey => texts["A key has at the most your own role, and lasts at the most two years."],
        _ => texts["The account was changed or deleted meanwhile: load the page again."],
    };
}
