namespace MaskDashboard.BrowserTests;

/// <summary>One program for all tests of a class, for those that leave no traces in one another's way.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    /// <summary>The program.</summary>
    public DashboardServer Server { get; private set; } = null!;

    /// <inheritdoc />
    public async Task InitializeAsync() => Server = await DashboardServer.StartAsync();

    /// <inheritdoc />
    public async Task DisposeAsync() => await Server.DisposeAsync();
}
