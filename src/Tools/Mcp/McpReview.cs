using System.Text.Encodings.Web;
using System.Text.Json;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace PersonalAi.Tools.Mcp;

/// <summary>A tool as it is offered now, beside what was accepted.</summary>
/// <param name="Tool">The name that the server gives it.</param>
/// <param name="State">Whether the user has accepted it as it is.</param>
/// <param name="Before">The definition that was accepted; null where none was.</param>
/// <param name="Now">The definition that is offered; null where none is.</param>
public sealed record McpReview(string Tool, McpState State, string? Before, McpDefinition? Now)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The lines that differ from what was accepted, each after <c>+</c> or <c>-</c>, with the lines around them; what cannot be seen is escaped.</summary>
    public IReadOnlyList<string> Differences()
    {
        var lines = new InlineDiffBuilder(new Differ()).BuildDiffModel(Lines(Before), Lines(Now?.Json)).Lines.Where(line => line.Text.Length > 0).ToList();
        return [.. lines.Where((_, index) => lines.Skip(index - 1).Take(index == 0 ? 2 : 3).Any(IsChanged)).Select(line => $"{Sign(line)} {VisibleText.Of(line.Text)}")];
    }

    private static bool IsChanged(DiffPiece line) => line.Type != ChangeType.Unchanged;

    private static char Sign(DiffPiece line) => line.Type switch
    {
        ChangeType.Inserted => '+',
        ChangeType.Deleted => '-',
        _ => ' ',
    };

    private static string Lines(string? json) => json is null ? "" : JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement, Readable);
}

/// <summary>Whether the user has accepted a tool as it is.</summary>
public enum McpState
{
    /// <summary>It is what was accepted.</summary>
    Accepted,

    /// <summary>It was not there when the server was accepted.</summary>
    New,

    /// <summary>It was accepted, and says something else now.</summary>
    Changed,

    /// <summary>It was accepted, and is not offered any more.</summary>
    Gone,
}
