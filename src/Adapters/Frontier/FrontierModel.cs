using Microsoft.Extensions.AI;

namespace PersonalAi.Adapters.Frontier;

/// <summary>A model that runs elsewhere.</summary>
/// <param name="endpoint">Where.</param>
/// <param name="model">As the server calls it.</param>
/// <param name="key">The key that the server asks for; null where it asks for none.</param>
/// <param name="options">How it is asked.</param>
/// <param name="time">The clock of time limits and of waiting.</param>
public sealed class FrontierModel(FrontierEndpoint endpoint, string model, FrontierKey? key, FrontierOptions options, TimeProvider time)
{
    /// <summary>Where it runs.</summary>
    public FrontierEndpoint Endpoint { get; } = endpoint;

    /// <summary>As the server calls it.</summary>
    public string Model { get; } = model;

    /// <summary>
    /// A chat with it. The body of a request depends on nothing but messages and options, and is the same whether the answer is
    /// streamed or not: two calls make the same bytes. An exception of the client's own handlers comes out as it is, and is never
    /// answered with another attempt; all that the network, the server or its SDK does wrong is a <see cref="ModelException"/>.
    /// No tool is ever offered, and a call of one in the answer becomes text.
    /// </summary>
    /// <param name="http">Sends the requests; not disposed here. Its own timeout should be infinite, since the options have the limits.</param>
    public IChatClient OpenChat(HttpClient http) => new FrontierChatClient(this, key, options, time, http);
}
