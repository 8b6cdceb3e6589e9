using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using MaskDashboard.Storage;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Notifications;

/// <summary>How an attempt ended.</summary>
/// <param name="Problem">Why it failed.</param>
/// <param name="Status">HTTP status; null without an answer.</param>
public readonly record struct AttemptResult(DeliveryProblem Problem, int? Status)
{
    /// <summary>Whether another attempt may end better: no answer, too many requests, or the receiver's own trouble.</summary>
    public bool IsWorthRetrying => Problem is DeliveryProblem.Timeout or DeliveryProblem.Unreachable || (Problem == DeliveryProblem.Status && Status is 408 or 425 or 429 or >= 500);
}

/// <summary>
/// Posts to webhooks: no redirects, no cookies, no proxy, a time limit, and the address that a name leads to is looked at when it is connected to,
/// so that no name can change its mind between a check and its use. Thread-safe.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    /// <summary>Longest address, characters.</summary>
    public const int MaxAddressLength = 2000;

    private readonly HttpClient _client;
    private readonly WebhookSignature _signature;
    private readonly NotificationOptions _options;
    private readonly TimeProvider _clock;

    /// <summary>Opens no connection yet.</summary>
    /// <param name="signature">Signs.</param>
    /// <param name="options">Limits.</param>
    /// <param name="clock">The time.</param>
    public WebhookClient(WebhookSignature signature, IOptions<NotificationOptions> options, TimeProvider clock)
    {
        (_signature, _options, _clock) = (signature, options.Value, clock);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false, // it would connect in our stead, to wherever
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 16,
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan, // each attempt has its own
        };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("MaskDashboard", null));
    }

    /// <summary>Whether an address is one that posts may go to: absolute, http or https, without a name and password in it.</summary>
    /// <param name="address">As written.</param>
    /// <param name="uri">The address.</param>
    public static bool TryParse(string? address, out Uri? uri) =>
        Uri.TryCreate(address?.Trim(), UriKind.Absolute, out uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && address!.Length <= MaxAddressLength;

    /// <summary>Posts once.</summary>
    /// <param name="rule">Its address and secret.</param>
    /// <param name="delivery">What.</param>
    /// <param name="cancellationToken">The program stops.</param>
    public async Task<AttemptResult> PostAsync(NotificationRule rule, WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        if (!TryParse(rule.WebhookAddress, out var address))
        {
            return new AttemptResult(DeliveryProblem.NotWanted, null);
        }

        byte[] secret;
        try
        {
            secret = _signature.Read(rule);
        }
        catch (CryptographicException)
        {
            return new AttemptResult(DeliveryProblem.Secret, null);
        }

        var seconds = _clock.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(delivery.Body, new UTF8Encoding(false), "application/json") };
        request.Headers.Add("X-MaskDashboard-Event", delivery.IsTest ? "test" : "rule.true");
        request.Headers.Add("X-MaskDashboard-Delivery", delivery.DeliveryId);
        request.Headers.Add("X-MaskDashboard-Timestamp", seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-MaskDashboard-Signature", WebhookSignature.Of(secret, seconds, delivery.Body));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_options.TimeoutSeconds), _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // Its body is nobody's business.
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return new AttemptResult(answer.IsSuccessStatusCode ? DeliveryProblem.None : DeliveryProblem.Status, (int)answer.StatusCode);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new AttemptResult(DeliveryProblem.Timeout, null);
        }
        catch (HttpRequestException exception)
        {
            return new AttemptResult(exception.GetBaseException() is PrivateAddressException ? DeliveryProblem.PrivateAddress : DeliveryProblem.Unreachable, null);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        // A name that leads to both is not trusted with either.
        if (!_options.AllowPrivateAddresses && !addresses.All(PublicAddress.IsPublic))
        {
            throw new PrivateAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class PrivateAddressException() : IOException("The address is private.");
}
