using MaskDashboard.Accounts;
using MaskDashboard.Components.Account;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Components.Pages.Accounts;

/// <summary>Changes the viewer's own password; the only page for those who signed in with a one-time password.</summary>
public sealed partial class NewPassword
{
    private bool _isOneTime;
    private string? _problem;

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    /// <summary>What was typed.</summary>
    [SupplyParameterFromForm(FormName = "new-password")]
    public required NewPasswordForm Form { get; set; }

    [Inject]
    internal AccountService Service { get; init; } = null!;

    [Inject]
    internal AccountDirectory Accounts { get; init; } = null!;

    /// <summary>The limits.</summary>
    [Inject]
    public required IOptions<AccountOptions> Options { get; init; }

    /// <summary>The address.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        Form ??= new NewPasswordForm();
        _isOneTime = Accounts.Find(Actor.Of(HttpContext).UserId) is { MustChangePassword: true };
    }

    private async Task ChangeAsync()
    {
        if (Form.Password != Form.Again)
        {
            _problem = L["The two passwords differ: type the same one twice."];
            return;
        }

        try
        {
            var account = await Service.ChangePasswordAsync(Form.Current ?? "", Form.Password ?? "", Actor.Of(HttpContext), HttpContext.RequestAborted);
            await AccountsSetup.SignInAsync(HttpContext, account, stay: false);
            Navigation.NavigateTo("/");
        }
        catch (AccountException refused)
        {
            _problem = AccountText.Problem(L, refused.Problem, Options.Value);
        }
    }

    /// <summary>The form.</summary>
    public sealed class NewPasswordForm
    {
        /// <summary>The present password.</summary>
        public string? Current { get; set; }

        /// <summary>The new one.</summary>
        public string? Password { get; set; }

        /// <summary>The new one again.</summary>
        public string? Again { get; set; }
    }
}
