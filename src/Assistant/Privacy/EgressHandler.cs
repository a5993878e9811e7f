using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using PersonalAi.Assistant.Privacy.Ledger;
using PersonalAi.Assistant.Privacy.Packets;

namespace PersonalAi.Assistant.Privacy;

/// <summary>Lets a request out where the consent covers it, after it stands in the ledger.</summary>
/// <param name="consent">What the user allowed.</param>
/// <param name="ledger">Where it is written down.</param>
/// <param name="logger">Told of every request, refused or not.</param>
/// <param name="connections">The network.</param>
internal sealed partial class EgressHandler(EgressConsent consent, EgressLedger ledger, ILogger logger, HttpMessageHandler connections) : DelegatingHandler(connections)
{
    private const HttpStatusCode Overloaded = (HttpStatusCode)529;

    /// <summary>The SHA-256 of a body, in hexadecimal digits.</summary>
    public static string HashOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    /// <summary>Reads the body once, so that what is looked at is what is sent.</summary>
    public static async Task<byte[]> BufferAsync(HttpRequestMessage request, CancellationToken cancellationToken = default)
    {
        if (request.Content is not { } content)
        {
            return [];
        }

        var body = await content.ReadAsByteArrayAsync(cancellationToken);
        var buffered = new ByteArrayContent(body);
        foreach (var (name, values) in content.Headers.NonValidated)
        {
            buffered.Headers.TryAddWithoutValidation(name, values);
        }

        request.Content = buffered;
        return body;
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Require(request);
        throw new NotSupportedException("Requests are asynchronous, since each is written into the ledger first.");
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Require(request);
        var body = await BufferAsync(request, cancellationToken);
        var hash = HashOf(body);
        if (consent.Packet is { } packet)
        {
            if (!packet.TryTake(request.RequestUri!, hash))
            {
                throw Refuse(request, "it is not the packet that you approved, or that packet was sent already");
            }

            PacketHeaders.Restrict(request);
        }

        var entry = Entry(LedgerEvent.Sent, request) with
        {
            Ground = consent.Ground,
            Method = request.Method.Method,
            Bytes = body.Length,
            BodySha256 = hash,
            Redactions = consent.Packet?.Redactions,
            InputTokens = consent.Packet?.Cost.InputTokens,
            OutputTokens = consent.Packet?.Cost.OutputTokens,
            CostUsd = consent.Packet?.Cost.Usd,
        };
        var sent = await ledger.AppendAsync(entry, cancellationToken);
        consent.Packet?.Entry = sent.Number;
        LogAllowed(logger, request.RequestUri!.Authority, consent.Purpose);
        return await DeliverAsync(request, sent.Number, cancellationToken);
    }

    private async Task<HttpResponseMessage> DeliverAsync(HttpRequestMessage request, long number, CancellationToken cancellationToken)
    {
        HttpResponseMessage? answer = null;
        HttpRequestError? failure = null;
        try
        {
            answer = await base.SendAsync(request, cancellationToken);
            return answer;
        }
        catch (HttpRequestException error)
        {
            failure = error.HttpRequestError;
            throw;
        }
        finally
        {
            if (IsUntaken(answer?.StatusCode, failure))
            {
                consent.Packet?.GiveBack();
            }

            var entry = Entry(answer is null ? LedgerEvent.Failed : LedgerEvent.Answered, request) with
            {
                Request = number,
                Status = (int?)answer?.StatusCode,
                Failure = answer is null ? failure?.ToString() ?? "Cancelled" : null,
            };
            await ledger.AppendAsync(entry, CancellationToken.None);
        }
    }

    // The other side says that it does not take it now, or was not reached at all.
    private static bool IsUntaken(HttpStatusCode? status, HttpRequestError? failure) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or Overloaded
        || failure is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;

    private LedgerEntry Entry(LedgerEvent happened, HttpRequestMessage request) => new()
    {
        Event = happened,
        Purpose = consent.Purpose,
        Destination = request.RequestUri!.GetLeftPart(UriPartial.Authority),
        Consent = consent.Id,
    };

    private void Require(HttpRequestMessage request)
    {
        // HttpClient accepts absolute addresses only, so there always is one.
        if (!consent.Covers(request.RequestUri!))
        {
            throw Refuse(request, "that destination has not been approved");
        }
    }

    private EgressDeniedException Refuse(HttpRequestMessage request, string reason)
    {
        LogRefused(logger, request.RequestUri!.Authority, consent.Purpose);
        return new EgressDeniedException(consent.Purpose, request.RequestUri, reason);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a request to {Host} for {Purpose}.")]
    private static partial void LogRefused(ILogger logger, string host, EgressPurpose purpose);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sent a request to {Host} for {Purpose}, to which the user consented.")]
    private static partial void LogAllowed(ILogger logger, string host, EgressPurpose purpose);
}
