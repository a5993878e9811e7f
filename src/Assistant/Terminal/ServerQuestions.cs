using System.Text.Json;
using PersonalAi.Tools.Mcp;

namespace PersonalAi.Assistant.Terminal;

/// <summary>Asks the person at the terminal what an MCP server wants to know: field by field, with what is possible, and always with a way out.</summary>
/// <param name="lines">What is typed.</param>
/// <param name="output">Where the questions go.</param>
internal sealed class ServerQuestions(TerminalLines lines, TextWriter output)
{
    private const string Decline = "/no";

    /// <summary>What the person answers.</summary>
    public async Task<McpAnswer> AskAsync(McpQuestion question, CancellationToken cancellationToken = default)
    {
        await output.WriteLineAsync(
            $"\nThe MCP server '{question.Server}' asks: {TerminalText.OneLine(question.Message)}\nWhat you answer is sent to it. An empty line takes what stands in brackets; {Decline} tells it nothing.".AsMemory(), cancellationToken);
        lines.DiscardTyped();
        var values = new Dictionary<string, JsonElement>();
        foreach (var field in question.Fields)
        {
            if (!await AskAsync(field, values, cancellationToken))
            {
                return McpAnswer.Declined;
            }
        }

        return await AgreesAsync(question, cancellationToken) ? new McpAnswer(McpReply.Accept, values) : McpAnswer.Declined;
    }

    private async Task<bool> AskAsync(McpField field, Dictionary<string, JsonElement> values, CancellationToken cancellationToken)
    {
        while (true)
        {
            await output.WriteAsync($"{Describe(field)}: ".AsMemory(), cancellationToken);
            if (await ReadAsync(cancellationToken) is not { } typed)
            {
                return false;
            }

            if (field.Read(typed, out var value) is not { } problem)
            {
                if (value is { } answer)
                {
                    values[field.Name] = answer;
                }

                return true;
            }

            await output.WriteLineAsync(TerminalText.OneLine(problem).AsMemory(), cancellationToken);
        }
    }

    // A question without fields asks for a yes.
    private async Task<bool> AgreesAsync(McpQuestion question, CancellationToken cancellationToken)
    {
        if (question.Fields.Count > 0)
        {
            return true;
        }

        await output.WriteAsync("[y/N] ".AsMemory(), cancellationToken);
        return (await ReadAsync(cancellationToken))?.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    private async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        await output.FlushAsync(cancellationToken);
        return await lines.NextAsync(cancellationToken) is { Kind: TypedLineKind.Whole, Text: var typed } && typed.Trim() != Decline ? typed : null;
    }

    private static string Describe(McpField field)
    {
        var explanation = field.Description.Length > 0 ? $" ({TerminalText.OneLine(field.Description)})" : "";
        var usual = field.Default is { } value ? $" [{TerminalText.OneLine(value.ToString())}]" : field.IsRequired ? "" : " [nothing]";
        return $"{TerminalText.OneLine(field.Label)}{explanation}, {TerminalText.OneLine(field.Possible)}{usual}";
    }
}
