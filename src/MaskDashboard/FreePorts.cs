using System.Net;
using System.Net.Sockets;
using MaskDashboard.Storage;

namespace MaskDashboard;

/// <summary>Tells before anything is opened that an address is taken: the server itself would say so late, and at length.</summary>
internal static class FreePorts
{
    /// <summary>Checks that the program can listen on addresses.</summary>
    /// <param name="addresses">Addresses such as <c>http://127.0.0.1:5080</c>; port 0 is always free.</param>
    /// <exception cref="StartupException">One is taken, or may not be used.</exception>
    public static void Require(IEnumerable<string> addresses)
    {
        foreach (var address in addresses)
        {
            var binding = BindingAddress.Parse(address);
            if (binding.Port == 0 || binding.IsUnixPipe || binding.IsNamedPipe)
            {
                continue;
            }

            try
            {
                using var probe = new TcpListener(AddressOf(binding.Host), binding.Port);
                probe.Start();
            }
            catch (SocketException exception)
            {
                throw new StartupException(exception.SocketErrorCode switch
                {
                    SocketError.AddressAlreadyInUse => $"Another program listens on {address} already, perhaps this dashboard: stop it, or start this one elsewhere with --urls {Elsewhere(binding)}.",
                    SocketError.AccessDenied => $"This account may not listen on {address}: ports below 1024 are for administrators; start with --urls {Elsewhere(binding)}.",
                    _ => $"The dashboard cannot listen on {address}: this machine does not have that address; start with --urls {Elsewhere(binding)}.",
                });
            }
        }
    }

    // Whatever is no address of one interface means all of them.
    private static IPAddress AddressOf(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address
        : IPAddress.Any;

    private static string Elsewhere(BindingAddress taken) => $"http://127.0.0.1:{(taken.Port is >= 1024 and < 65_535 ? taken.Port + 1 : 5080)}";
}
