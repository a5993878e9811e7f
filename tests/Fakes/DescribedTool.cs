using System.Text.Json;
using Microsoft.Extensions.AI;
using PersonalAi.Tools;

namespace PersonalAi.Tests.Fakes;

/// <summary>A tool of which only the description matters.</summary>
internal sealed class DescribedTool(string name, string description, IEnumerable<string> parameters) : AIFunction
{
    public override string Name => name;

    public override string Description => description;

    public override JsonElement JsonSchema { get; } = JsonSerializer.SerializeToElement(new
    {
        type = "object",
        properties = parameters.ToDictionary(parameter => parameter, _ => new { type = "string" }),
    });

    public static Tool Create(string name, string description, params IEnumerable<string> parameters) =>
        new(new DescribedTool(name, description, parameters), ToolRisk.ReadsLocal, ToolTrust.Own);

    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) => ValueTask.FromResult<object?>("");
}
