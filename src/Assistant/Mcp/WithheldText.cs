using System.Text.Json;
using PersonalAi.Memory.Facts;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Mcp;

/// <summary>Takes out of a text the lines that another program must not have: what the user labelled never to leave the machine, and secrets.</summary>
/// <param name="outgoing">Finds them in any form.</param>
/// <param name="facts">Where the labels are.</param>
internal sealed class WithheldText(OutgoingCheck outgoing, FactStore facts)
{
    private const string InItsPlace = "[withheld: it holds something that does not leave this machine]";

    /// <summary>The text without them; each is replaced, so that it is seen that there was something.</summary>
    public async Task<string> CleanAsync(string text, CancellationToken cancellationToken = default)
    {
        // The check goes by the telling words of a fact; one that has none is found by the whole of it.
        var never = (await facts.ListAsync(includeRetracted: true, int.MaxValue, kind: null, cancellationToken)).Where(fact => fact.Egress == EgressLabel.Never).ToList();
        if (!await IsWithheldAsync(text, never, cancellationToken))
        {
            return text;
        }

        var lines = text.Split('\n');
        for (var number = 0; number < lines.Length; number++)
        {
            if (await IsWithheldAsync(lines[number], never, cancellationToken))
            {
                lines[number] = InItsPlace;
            }
        }

        // What is told over several lines shows only in the whole.
        var rest = string.Join('\n', lines);
        return await IsWithheldAsync(rest, never, cancellationToken) ? InItsPlace : rest;
    }

    private async Task<bool> IsWithheldAsync(string text, List<Fact> never, CancellationToken cancellationToken) =>
        never.Exists(fact => text.Contains(fact.Text, StringComparison.OrdinalIgnoreCase)) || await outgoing.FindAsync(JsonSerializer.SerializeToElement(text), cancellationToken) is not null;
}
