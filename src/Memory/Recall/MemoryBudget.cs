namespace PersonalAi.Memory.Recall;

/// <summary>What of a recall is given to the model, and what was left out for lack of room.</summary>
/// <param name="Memories">Every hit, the best first.</param>
public sealed record PackedMemories(IReadOnlyList<PackedMemory> Memories)
{
    /// <summary>Nothing was recalled.</summary>
    public static readonly PackedMemories None = new([]);

    /// <summary>The hits that the model is given.</summary>
    public IEnumerable<MemoryHit> Given => Memories.Where(memory => memory.IsGiven).Select(memory => memory.Hit);
}

/// <summary>A hit, and whether there is room for it.</summary>
/// <param name="Hit">What was recalled.</param>
/// <param name="Tokens">What it takes.</param>
/// <param name="IsGiven">Whether the model is given it; false where there was no room left.</param>
public readonly record struct PackedMemory(MemoryHit Hit, int Tokens, bool IsGiven);

/// <summary>Chooses what of a recall is given to the model: as much as a number of tokens has room for.</summary>
public static class MemoryBudget
{
    /// <summary>Takes the best hits that fit; one that is too long is left out, and shorter ones after it may still fit.</summary>
    /// <param name="hits">What was recalled, the best first.</param>
    /// <param name="tokens">The room, in tokens.</param>
    /// <param name="costs">What each hit takes, in tokens.</param>
    public static PackedMemories Pack(IReadOnlyList<MemoryHit> hits, int tokens, IReadOnlyList<int> costs)
    {
        var room = tokens;
        var packed = new List<PackedMemory>();
        foreach (var (hit, cost) in hits.Zip(costs))
        {
            var fits = cost <= room;
            room -= fits ? cost : 0;
            packed.Add(new PackedMemory(hit, cost, fits));
        }

        return new PackedMemories(packed);
    }

    /// <summary>What a text takes about, where no vocabulary is at hand: four bytes to a token, and one for what stands around it.</summary>
    public static int EstimateTokens(string text) => 1 + ((System.Text.Encoding.UTF8.GetByteCount(text) + 3) / 4);
}
