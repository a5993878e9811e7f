using System.ComponentModel;
using PersonalAi.Memory.Facts.Writing.Queue;
using PersonalAi.Tools;

namespace PersonalAi.Assistant.Tools.Own;

/// <summary>Proposes the user's own words as a memory; they wait in the inbox until the user has looked at them.</summary>
/// <param name="writer">Proves that the user said them.</param>
internal sealed class MemoryProposeTool(FactWriter writer)
{
    public Tool Create() => new(
        ToolFunction.Create("memory_propose", "Propose words of the user to be remembered. Copy them exactly as the user typed them.", ProposeAsync),
        ToolRisk.ChangesLocal,
        ToolTrust.Own)
    {
        StaysWithinGrants = true,
        Examples = ["remember that I am allergic to nuts", "keep in mind what I said"],
    };

    private async Task<string> ProposeAsync([Description("the user's very words")] string words, CancellationToken cancellationToken) =>
        await writer.ProposeAsync(words, "tool", cancellationToken)
            ? "The words wait in the user's inbox."
            : throw new ToolException("The user has not typed these words lately, or they are known or not to be stored: only what the user typed can be remembered.");
}
