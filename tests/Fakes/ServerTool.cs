using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.AI;
using PersonalAi.Tools;

namespace PersonalAi.Tests.Fakes;

/// <summary>A tool as an MCP server brings it: takes any arguments, says what a test gives it to say, and keeps what it was sent.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What the server says of it.</param>
/// <param name="result">What every call answers.</param>
internal sealed class ServerTool(string name, string description, string result = "done") : AIFunction
{
    private readonly ConcurrentQueue<string> _received = [];

    public override string Name => name;

    public override string Description => description;

    public override JsonElement JsonSchema { get; } = JsonSerializer.SerializeToElement(new { type = "object" });

    /// <summary>The arguments of every call that reached the server.</summary>
    public IReadOnlyCollection<string> Received => _received;

    /// <summary>The tool, of the server <c>test-server</c>.</summary>
    public Tool As(ToolRisk risk) => new(this, risk, ToolTrust.Untrusted) { Source = "test-server" };

    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        _received.Enqueue(JsonSerializer.Serialize(arguments));
        return ValueTask.FromResult<object?>(result);
    }
}
