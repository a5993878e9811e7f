using System.Text.Json;
using Microsoft.Extensions.AI;
using PersonalAi.Tools;
using Xunit;

namespace PersonalAi.Tests.Fakes;

/// <summary>Calls a tool as the runner does, but without policy and limits.</summary>
internal static class DirectCall
{
    /// <summary>What the tool answers.</summary>
    public static async Task<string> CallAsync(this Tool tool, object arguments, CancellationToken cancellationToken = default)
    {
        var json = JsonSerializer.SerializeToElement(arguments);
        var result = await tool.Function.InvokeAsync(
            new AIFunctionArguments(json.EnumerateObject().ToDictionary(argument => argument.Name, argument => (object?)argument.Value)),
            cancellationToken == default ? TestContext.Current.CancellationToken : cancellationToken);
        return ((JsonElement)result!).GetString()!;
    }

    /// <summary>Why the tool refuses.</summary>
    public static async Task<string> RefusalAsync(this Tool tool, object arguments) => (await Assert.ThrowsAsync<ToolException>(() => tool.CallAsync(arguments))).Message;

    /// <summary>What the tool says when it cannot do it.</summary>
    public static async Task<string> RefuseAsync(this Tool tool, object arguments, CancellationToken cancellationToken = default) =>
        (await Assert.ThrowsAsync<ToolException>(() => tool.CallAsync(arguments, cancellationToken))).Message;
}
