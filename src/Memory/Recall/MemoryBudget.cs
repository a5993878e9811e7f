namespace PersonalAi.Memory.Recall;

/// <summary>What of a recall is given to the model, and what was left out for lack of room.</summary>
/// <param name="Given">The hits that have room, the best first.</param>
/// <param name="LeftOut">Those that have none.</param>
/// <param name="Tokens">What those that are given take.</param>
public sealed record PackedMemories(IReadOnlyList<MemoryHit> Given, IReadOnlyList<MemoryHit> LeftOut, int Tokens);

/// <summary>Chooses what of a recall is given to the model: as much as a number of tokens has room for, and nothing twice.</summary>
public static class MemoryBudget
{
    /// <summary>Takes the best hits that fit; one that is too long is left out, and shorter ones after it may still fit.</summary>
    /// <param name="hits">What was recalled, the best first.</param>
    /// <param name="tokens">The room, in tokens.</param>
    /// <param name="count">What a passage takes, in tokens.</param>
    public static PackedMemories Pack(IReadOnlyList<MemoryHit> hits, int tokens, Func<string, int> count)
    {
        var (given, leftOut, taken) = (new List<MemoryHit>(), new List<MemoryHit>(), 0);
        foreach (var hit in hits)
        {
            var needed = count(hit.Passage.Text);
            if (taken + needed <= tokens)
            {
                given.Add(hit);
                taken += needed;
            }
            else
            {
                leftOut.Add(hit);
            }
        }

        return new PackedMemories(given, leftOut, taken);
    }

    /// <summary>What a text takes about, where no vocabulary is at hand: four bytes to a token, and one for what stands around it.</summary>
    public static int EstimateTokens(string text) => 1 + ((System.Text.Encoding.UTF8.GetByteCount(text) + 3) / 4);
}
