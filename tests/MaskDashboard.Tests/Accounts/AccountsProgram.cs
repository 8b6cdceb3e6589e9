using System.Net;
using System.Text.RegularExpressions;
using MaskDashboard.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MaskDashboard.Tests.Accounts;

/// <summary>The real program with accounts, on a real socket and a data folder of its own.</summary>
internal sealed partial class AccountsProgram : WebApplicationFactory<Program>
{
    public const string Password = "correct horse battery";

    private readonly string _folder = Directory.CreateTempSubdirectory("mask-dashboard-").FullName;

    public AccountsProgram()
    {
        UseKestrel(0);
        StartServer();
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A browser of its own: cookies, no redirects followed.</summary>
    public Visitor Visit() => new(new Uri(ClientOptions.BaseAddress, "/"));

    /// <summary>Makes the first administrator without a browser.</summary>
    public Task<AccountFacts> SetUpAsync(string name = "ann") =>
        Get<AccountMaker>().CreateFirstAdministratorAsync(Get<SetupToken>().Text, name, Password, "127.0.0.1");

    /// <summary>Makes an account whose owner chose a password.</summary>
    public async Task<AccountFacts> AddAsync(string name, AccountRole role)
    {
        var once = await Get<AccountMaker>().CreateAsync(name, role, Actor.Program);
        var account = await Get<PasswordSignIn>().TryAsync(name, once.Password, "127.0.0.1");
        return await Get<AccountService>().ChangePasswordAsync(once.Password, Password, new Actor(account!.UserId, name, "127.0.0.1"));
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseContentRoot(DashboardHost.Root);
        builder.UseSetting("Data:Folder", _folder);
        builder.UseSetting("Vision:ModelsFolder", Path.Combine(DashboardHost.Root, "models"));
        builder.UseSetting("Logging:LogLevel:Default", "None");
        builder.UseSetting("Accounts:MaxSignInsPerMinute", "1000");
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A browser: cookies, and the token of the last page it saw.</summary>
    internal sealed partial class Visitor : IDisposable
    {
        private readonly CookieContainer _cookies;
        private readonly HttpClient _client;

        public Visitor(Uri root)
        {
            _cookies = new CookieContainer();
            _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = root };
        }

        public string Token { get; private set; } = "";

        public HttpClient Client => _client;

        /// <summary>Opens a page.</summary>
        public async Task<HttpResponseMessage> OpenAsync(string address)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Add("Accept", "text/html");
            var answer = await _client.SendAsync(request);
            if (AntiforgeryMeta().Match(await answer.Content.ReadAsStringAsync()) is { Success: true } token)
            {
                Token = token.Groups[1].Value;
            }

            return answer;
        }

        /// <summary>Sends a form of the page that was opened last.</summary>
        public Task<HttpResponseMessage> SubmitAsync(string address, string? handler, params (string Name, string Value)[] fields)
        {
            var form = fields.Append(("__RequestVerificationToken", Token)).Concat(handler is null ? [] : [("_handler", handler)]);
            return _client.PostAsync(address, new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
        }

        /// <summary>Signs in on the sign-in page.</summary>
        public async Task<HttpResponseMessage> SignInAsync(string name, string password = Password)
        {
            await OpenAsync("/sign-in");
            return await SubmitAsync("/sign-in", "sign-in", ("Form.Name", name), ("Form.Password", password));
        }

        /// <summary>A cookie as it is sent.</summary>
        public string Cookie(string name) => _cookies.GetCookies(_client.BaseAddress!)[name] is { } cookie ? $"{cookie.Name}={cookie.Value}" : "";

        public void Dispose() => _client.Dispose();

        [GeneratedRegex("antiforgery-token\" content=\"([^\"]+)")]
        private static partial Regex AntiforgeryMeta();
    }
}
