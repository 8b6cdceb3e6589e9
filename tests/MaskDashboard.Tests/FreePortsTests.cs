using System.Net;
using System.Net.Sockets;
using MaskDashboard.Storage;

namespace MaskDashboard.Tests;

public sealed class FreePortsTests
{
    [Fact]
    public void Require_PortTaken_SaysWhichAndWhatToDo()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var said = Assert.Throws<StartupException>(() => FreePorts.Require([$"http://localhost:{port}"]));

        Assert.StartsWith($"Another program listens on http://localhost:{port} already", said.Message, StringComparison.Ordinal);
        Assert.Contains("--urls http://127.0.0.1:", said.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said.Message);
    }

    [Fact]
    public void Require_FreePort_LeavesItFree()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        other.Stop();

        FreePorts.Require([$"http://127.0.0.1:{port}", "http://127.0.0.1:0"]);
        FreePorts.Require([$"http://127.0.0.1:{port}"]);
    }

    [Fact]
    public void Require_AddressOfAnotherMachine_SaysSo() =>
        Assert.Contains("does not have that address", Assert.Throws<StartupException>(() => FreePorts.Require(["http://192.0.2.1:5080"])).Message, StringComparison.Ordinal);
}
