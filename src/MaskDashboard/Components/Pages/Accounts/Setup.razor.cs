using System.Net;
using MaskDashboard.Accounts;
using MaskDashboard.Components.Account;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Components.Pages.Accounts;

/// <summary>Makes the first administrator; afterwards there is nothing at this address.</summary>
public sealed partial class Setup
{
    private bool _isOver;
    private string? _problem;

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    /// <summary>The token, in the address that the program printed.</summary>
    [SupplyParameterFromQuery]
    public string? Token { get; set; }

    /// <summary>What was typed.</summary>
    [SupplyParameterFromForm(FormName = "setup")]
    public required SetupForm Form { get; set; }

    [Inject]
    internal AccountMaker Maker { get; init; } = null!;

    [Inject]
    internal AccountDirectory Accounts { get; init; } = null!;

    [Inject]
    internal SetupToken SetupToken { get; init; } = null!;

    /// <summary>The limits.</summary>
    [Inject]
    public required IOptions<AccountOptions> Options { get; init; }

    /// <summary>The address.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    // Nobody else on the network is even asked for the token.
    private bool MayTry => SetupToken.Matches(Token) || HttpContext.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        Form ??= new SetupForm();
        if (Accounts.HasAdministrator || Options.Value.Demo)
        {
            _isOver = true;
            Navigation.NotFound();
        }
    }

    private async Task CreateAsync()
    {
        if (!MayTry)
        {
            return;
        }

        if (Form.Password != Form.Again)
        {
            _problem = L["The two passwords differ: type the same one twice."];
            return;
        }

        try
        {
            var account = await Maker.CreateFirstAdministratorAsync(Form.Token, Form.Name ?? "", Form.Password ?? "", HttpContext.Connection.RemoteIpAddress?.ToString(), HttpContext.RequestAborted);
            await AccountsSetup.SignInAsync(HttpContext, account, stay: false);
            Navigation.NavigateTo("/");
        }
        catch (AccountException refused)
        {
            _problem = AccountText.Problem(L, refused.Problem, Options.Value);
        }
    }

    /// <summary>The form.</summary>
    public sealed class SetupForm
    {
        /// <summary>The printed token.</summary>
        public string? Token { get; set; }

        /// <summary>Name of the account.</summary>
        public string? Name { get; set; }

        /// <summary>Its password.</summary>
        public string? Password { get; set; }

        /// <summary>The password again.</summary>
        public string? Again { get; set; }
    }
}
