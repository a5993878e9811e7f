using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PersonalAi.Tests.Fakes;

/// <summary>A server of model files on this machine that answers as a test says: rightly, or wrongly in every way.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<ServedRequest> _requests = [];
    private readonly Func<ServedRequest, ServedAnswer> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly Task _serving;

    /// <param name="answer">Called for each request.</param>
    /// <param name="certificate">With which it speaks TLS; null for plain text.</param>
    public ModelServer(Func<ServedRequest, ServedAnswer> answer, X509Certificate2? certificate = null)
    {
        _answer = answer;
        _certificate = certificate;
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Its address, without a path.</summary>
    public Uri Address => new($"http://{Authority}");

    public string Authority => $"127.0.0.1:{Port}";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Every request so far.</summary>
    public IReadOnlyList<ServedRequest> Requests => [.. _requests];

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _serving;
        _stopping.Dispose();
        _listener.Dispose();
    }

#pragma warning disable RS0030 // The other end of the connections that only the gate may make.
    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task AnswerAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                await using var stream = await SecuredAsync(connection.GetStream());
                var request = await ReadAsync(stream);
                _requests.Enqueue(request);
                await WriteAsync(stream, _answer(request));
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or AuthenticationException)
            {
                // The client went away, or the test is over.
            }
        }
    }
#pragma warning restore RS0030

    private async Task<Stream> SecuredAsync(Stream connection)
    {
        if (_certificate is null)
        {
            return connection;
        }

        var secured = new SslStream(connection);
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stopping.Token);
        return secured;
    }

    private async Task<ServedRequest> ReadAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        var first = await reader.ReadLineAsync(_stopping.Token) ?? throw new IOException("Nothing was asked.");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(_stopping.Token) is { Length: > 0 } line)
        {
            headers.Add(line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
        }

        return new ServedRequest(first.Split(' ')[1], headers);
    }

    private async Task WriteAsync(Stream stream, ServedAnswer answer)
    {
        string[] lines = [$"HTTP/1.1 {answer.Status} Answer", "Connection: close", .. answer.Headers.Select(header => $"{header.Name}: {header.Value}")];
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"), _stopping.Token);
        await stream.WriteAsync(answer.Body.AsMemory(0, answer.StopsAfter ?? answer.Body.Length), _stopping.Token);
        await stream.FlushAsync(_stopping.Token);
        if (answer.FallsSilent)
        {
            // Until the client hangs up, or the test is over.
            await stream.CopyToAsync(Stream.Null, _stopping.Token);
        }
    }
}

/// <summary>What a server was asked.</summary>
/// <param name="Path">With the query.</param>
/// <param name="Headers">By name.</param>
internal sealed record ServedRequest(string Path, IReadOnlyDictionary<string, string> Headers)
{
    public string? Range => Headers.GetValueOrDefault("Range");
}

/// <summary>What a server answers.</summary>
/// <param name="Status">The code.</param>
/// <param name="Body">What it sends.</param>
/// <param name="Headers">What it says about it.</param>
internal sealed record ServedAnswer(int Status, byte[] Body, params (string Name, string Value)[] Headers)
{
    /// <summary>Only so much of the body is sent before the connection ends.</summary>
    public int? StopsAfter { get; init; }

    /// <summary>The connection does not end then, but nothing more comes.</summary>
    public bool FallsSilent { get; init; }

    /// <summary>A file, or the part of it that is asked for, as a good server gives it.</summary>
    public static ServedAnswer File(ServedRequest request, byte[] bytes, string? etag = "\"one\"")
    {
        List<(string, string)> headers = [("Accept-Ranges", "bytes"), ("Content-Type", "application/octet-stream")];
        if (etag is not null)
        {
            headers.Add(("ETag", etag));
        }

        var isSame = request.Headers.GetValueOrDefault("If-Range") is not { } condition || condition == etag;
        if (request.Range is { } range && isSame)
        {
            var from = int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
            return from >= bytes.Length
                ? new ServedAnswer(416, [], [("Content-Range", $"bytes */{bytes.Length}"), ("Content-Length", "0")])
                : new ServedAnswer(206, bytes[from..], [.. headers, ("Content-Range", $"bytes {from}-{bytes.Length - 1}/{bytes.Length}"), ("Content-Length", $"{bytes.Length - from}")]);
        }

        return new ServedAnswer(200, bytes, [.. headers, ("Content-Length", $"{bytes.Length}")]);
    }

    public static ServedAnswer Text(int status, string text, params (string, string)[] headers) =>
        new(status, Encoding.UTF8.GetBytes(text), [("Content-Length", $"{Encoding.UTF8.GetByteCount(text)}"), .. headers]);
}
