using MaskDashboard.Accounts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Components.Pages.Accounts;

/// <summary>Name and password. A failure does not say which of them was wrong, nor whether there is such an account.</summary>
public sealed partial class SignIn
{
    private bool _refused;

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    /// <summary>Where to go afterwards.</summary>
    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    /// <summary>What was typed.</summary>
    [SupplyParameterFromForm(FormName = "sign-in")]
    public required SignInForm Form { get; set; }

    [Inject]
    internal PasswordSignIn Passwords { get; init; } = null!;

    [Inject]
    internal AccountDirectory Accounts { get; init; } = null!;

    /// <summary>The limits.</summary>
    [Inject]
    public required IOptions<AccountOptions> Options { get; init; }

    /// <summary>The address.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    private string Target => AccountAddresses.IsLocal(ReturnUrl) ? ReturnUrl! : "/";

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        Form ??= new SignInForm();
        if (HttpContext.User.Identity?.IsAuthenticated == true)
        {
            Navigation.NavigateTo(Target);
        }
        else if (!Accounts.HasAdministrator)
        {
            Navigation.NavigateTo(AccountAddresses.Setup);
        }
    }

    private async Task SignInAsync()
    {
        var account = await Passwords.TryAsync(Form.Name ?? "", Form.Password ?? "", HttpContext.Connection.RemoteIpAddress?.ToString(), HttpContext.RequestAborted);
        if (account is null)
        {
            _refused = true;
            return;
        }

        await AccountsSetup.SignInAsync(HttpContext, account, Form.Stay);
        Navigation.NavigateTo(account.MustChangePassword ? AccountAddresses.Password : Target);
    }

    /// <summary>The form.</summary>
    public sealed class SignInForm
    {
        /// <summary>Name of the account.</summary>
        public string? Name { get; set; }

        /// <summary>Its password.</summary>
        public string? Password { get; set; }

        /// <summary>Whether the sign-in outlives the browser.</summary>
        public bool Stay { get; set; }
    }
}
