using System.Text.Json;
using Microsoft.Extensions.AI;
using PersonalAi.Tools;
using Xunit;

namespace PersonalAi.Tests.Fakes;

/// <summary>Calls tools as the runner does, without asking anybody.</summary>
internal static class ToolInvocation
{
    /// <summary>What the tool answers.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">An object whose properties are the arguments.</param>
    /// <param name="cancellationToken">Stops the tool.</param>
    public static async Task<string> CallAsync(this Tool tool, object arguments, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToElement(arguments);
        var given = new AIFunctionArguments(json.EnumerateObject().ToDictionary(argument => argument.Name, argument => (object?)argument.Value));
        return (await tool.Function.InvokeAsync(given, cancellationToken))?.ToString() ?? "";
    }

    /// <summary>What the tool says when it cannot do it.</summary>
    public static async Task<string> RefuseAsync(this Tool tool, object arguments, CancellationToken cancellationToken) =>
        (await Assert.ThrowsAsync<ToolException>(() => tool.CallAsync(arguments, cancellationToken))).Message;
}
