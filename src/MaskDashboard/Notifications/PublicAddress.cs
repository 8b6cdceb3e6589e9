using System.Net;

namespace MaskDashboard.Notifications;

/// <summary>Which addresses lead out of this machine and its networks.</summary>
internal static class PublicAddress
{
    // IANA's special-purpose registries, RFC 6890 and its successors: what is not globally reachable.
    private static readonly IPNetwork[] s_reserved4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork s_global6 = IPNetwork.Parse("2000::/3");

    // Within the global range: protocol assignments and Teredo, documentation, and 6to4, which may hold a private IPv4 address.
    private static readonly IPNetwork[] s_reserved6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    /// <summary>Whether an address is reachable from everywhere, and so is no secret of this machine's networks.</summary>
    /// <param name="address">IPv4 or IPv6; an IPv4 address written as IPv6 counts as what it is.</param>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily switch
        {
            System.Net.Sockets.AddressFamily.InterNetwork => !s_reserved4.Any(network => network.Contains(address)),
            System.Net.Sockets.AddressFamily.InterNetworkV6 => s_global6.Contains(address) && !s_reserved6.Any(network => network.Contains(address)),
            _ => false,
        };
    }
}
