using Microsoft.Extensions.AI;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Frontier;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Frontier;

/// <summary>A model at a server on this machine, reached through the gate with consent.</summary>
internal sealed class FrontierSandbox : IAsyncDisposable
{
    public const string Secret = "sk-test-0123456789abcdef";

    private readonly HttpClient _http;

    private FrontierSandbox(FrontierServer server, FrontierModel model, HttpClient http)
    {
        Server = server;
        Model = model;
        _http = http;
        Chat = model.OpenChat(http);
    }

    public FrontierServer Server { get; }

    public FrontierModel Model { get; }

    public IChatClient Chat { get; }

    public string Host => Model.Endpoint.Address.Authority;

    public static async Task<FrontierSandbox> StartAsync(FrontierWire wire, params Func<FrontierReply, Task>[] script) =>
        Of(await FrontierServer.StartAsync(script), wire, new FrontierOptions { Retries = 0 });

    public static FrontierSandbox Of(
        FrontierServer server, FrontierWire wire, FrontierOptions options, TimeProvider? time = null, bool hasKey = true, ServerTrust? trust = null)
    {
        var address = wire == FrontierWire.OpenAI ? new Uri(server.Address, "/v1") : server.Address;
        return new FrontierSandbox(
            server,
            new FrontierModel(new FrontierEndpoint("test", wire, address), "some-model", hasKey ? new FrontierKey(Secret) : null, options, time ?? TimeProvider.System),
            Client(server.Address.Authority, trust));
    }

    /// <summary>A client for one host. Its purpose needs no approved packet: what is tested with it is below packets.</summary>
    public static HttpClient Client(string authority, ServerTrust? trust = null)
    {
        var consent = new EgressConsent(EgressPurpose.Mcp, "a test") { Trust = trust ?? new ServerTrust.System() };
        consent.Allow(authority);
        return Gates.Open().CreateClient(consent);
    }

    public static IReadOnlyList<ChatMessage> Question { get; } =
    [
        new(ChatRole.System, "Be brief."),
        new(ChatRole.User, "Grüße, <b>who</b> are you?"),
        new(ChatRole.Assistant, "A model."),
        new(ChatRole.User, "Which \"one\"?"),
    ];

    public Task<ChatResponse> AskAsync() => Chat.GetResponseAsync(Question, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>The error of a question.</summary>
    public Task<ModelException> FailAsync() => Assert.ThrowsAsync<ModelException>(AskAsync);

    public async ValueTask DisposeAsync()
    {
        Chat.Dispose();
        _http.Dispose();
        await Server.DisposeAsync();
    }
}
