using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PersonalAi.Tests.Fakes;

/// <summary>A server of models on this machine: it records what arrives, byte for byte, and answers as a test says.</summary>
internal sealed class FrontierServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<FrontierRequest> _requests = [];
    private readonly CancellationTokenSource _over = new();
    private readonly Func<FrontierReply, Task>[] _script;

    private FrontierServer(X509Certificate2? certificate, Func<FrontierReply, Task>[] script)
    {
        _script = script;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0, listener =>
            {
                if (certificate is not null)
                {
                    listener.UseHttps(certificate);
                }
            });
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    /// <summary>Its address, without a path.</summary>
    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Every request so far.</summary>
    public IReadOnlyList<FrontierRequest> Requests => [.. _requests];

    /// <summary>Done when an answer stands still, as a test wanted.</summary>
    public TaskCompletionSource Stalled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A server that speaks plain HTTP.</summary>
    /// <param name="script">The answers, one for each request; the last one is given again and again.</param>
    public static Task<FrontierServer> StartAsync(params Func<FrontierReply, Task>[] script) => StartAsync(certificate: null, script);

    /// <summary>A server that speaks TLS where there is a certificate.</summary>
    public static async Task<FrontierServer> StartAsync(X509Certificate2? certificate, params Func<FrontierReply, Task>[] script)
    {
        var server = new FrontierServer(certificate, script);
        await server._application.StartAsync();
        return server;
    }

    /// <summary>A certificate that nobody vouches for.</summary>
    public static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=A server of a test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    /// <summary>It goes away; its address stays free for a while.</summary>
    public async Task StopAsync()
    {
        await _over.CancelAsync();
        await _application.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _application.DisposeAsync();
        _over.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        _requests.Enqueue(new FrontierRequest(context.Request.Method, context.Request.Path, headers, body.ToArray()));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_over.Token, context.RequestAborted);
        try
        {
            await _script[Math.Min(_requests.Count, _script.Length) - 1](new FrontierReply(context, Stalled, end.Token));
        }
        catch (OperationCanceledException)
        {
            // The client went away, or the test is over.
        }
    }
}

/// <summary>What a server was asked.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path.</param>
/// <param name="Headers">By name.</param>
/// <param name="Body">As it came.</param>
internal sealed record FrontierRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>One answer of the server, given piece by piece.</summary>
/// <param name="context">The exchange.</param>
/// <param name="stalled">Told when it stands still.</param>
/// <param name="end">The client went away, or the test is over.</param>
internal sealed class FrontierReply(HttpContext context, TaskCompletionSource stalled, CancellationToken end)
{
    /// <summary>Server-sent events, as they are.</summary>
    public Task EventsAsync(string events) => TextAsync(200, events, "text/event-stream; charset=utf-8");

    /// <summary>JSON with a status.</summary>
    public Task JsonAsync(int status, string json, params (string Name, string Value)[] headers) => TextAsync(status, json, "application/json", headers);

    /// <summary>Anything with a status. A second piece needs no status of its own.</summary>
    public async Task TextAsync(int status, string text, string type, params (string Name, string Value)[] headers)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            foreach ((var name, var value) in headers)
            {
                context.Response.Headers[name] = value;
            }
        }

        await context.Response.WriteAsync(text, end);
        await context.Response.Body.FlushAsync(end);
    }

    /// <summary>Ends the connection in the middle.</summary>
    public Task BreakOffAsync()
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Sends nothing more, and keeps the connection, until the client gives up.</summary>
    public Task StallAsync()
    {
        stalled.TrySetResult();
        return Task.Delay(Timeout.Infinite, end);
    }
}
