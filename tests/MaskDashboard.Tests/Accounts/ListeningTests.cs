using MaskDashboard.Accounts;
using MaskDashboard.Storage;
using Microsoft.AspNetCore.Builder;

namespace MaskDashboard.Tests.Accounts;

public sealed class ListeningTests
{
    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://127.0.0.1:5080;http://192.0.2.7:5080")]
    [InlineData("http://dashboard.example:5080")]
    public void AddListening_DemoOnAnotherAddress_IsRefusedInOneSentence(string urls)
    {
        var refusal = Assert.Throws<StartupException>(() => Listen("--demo", "--urls", urls));
        Assert.Contains("leave --demo away", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://localhost:5080;http://[::1]:5080")]
    public void AddListening_DemoOnThisMachine_Listens(string urls) => Listen("--urls", urls, "--demo");

    [Fact]
    public void AddListening_AccountsOnAnotherAddress_TakesItsNamesToo()
    {
        Assert.Equal("*", Listen("--urls", "http://0.0.0.0:5080").Configuration["AllowedHosts"]);
        Assert.Equal("dashboard.example", Listen("--urls", "http://0.0.0.0:5080", "--AllowedHosts", "dashboard.example").Configuration["AllowedHosts"]);
        Assert.Equal("localhost;127.0.0.1;[::1]", Listen("--urls", "http://127.0.0.1:5080").Configuration["AllowedHosts"]);
    }

    [Fact]
    public void AddListening_NoAddress_IsRefusedInOneSentence() =>
        Assert.Contains("'nonsense'", Assert.Throws<StartupException>(() => Listen("--urls", "nonsense")).Message, StringComparison.Ordinal);

    [Fact]
    public void Arguments_DemoAnywhere_IsTakenFromThem()
    {
        string[] expected = ["--Accounts:Demo=true", "--urls", "http://127.0.0.1:1"];
        Assert.Equal(expected, AccountOptions.Arguments(["--demo", "--urls", "http://127.0.0.1:1"]));
    }

    private static WebApplicationBuilder Listen(params string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = DashboardHost.Root, Args = AccountOptions.Arguments(arguments) });
        return builder.AddListening();
    }
}
