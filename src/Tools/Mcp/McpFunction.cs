using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PersonalAi.Tools.Mcp;

/// <summary>Calls a tool of a server, as long as it is what the user accepted.</summary>
internal sealed class McpFunction(McpConnection connection, McpDefinition definition, string name, string description, JsonElement schema) : AIFunction
{
    public override string Name => name;

    public override string Description => description;

    public override JsonElement JsonSchema => schema;

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.CallAsync(definition, arguments, cancellationToken);
        }
        catch (McpServerException error)
        {
            throw new ToolException(error.Message, error);
        }
    }
}
