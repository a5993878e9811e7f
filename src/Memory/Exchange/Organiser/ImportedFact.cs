using System.Collections.Immutable;
using PersonalAi.Memory.Facts;

namespace PersonalAi.Memory.Exchange.Organiser;

/// <summary>A fact out of a calendar or an address book.</summary>
/// <param name="Fact">The fact, with its reference.</param>
internal sealed record ImportedFact(NewFact Fact)
{
    /// <summary>Whom it is about, where it is a person of an address book.</summary>
    public string? Name { get; init; }

    /// <summary>Other names of the same.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>A fact that the user ordered to import.</summary>
    /// <param name="text">A sentence; what is longer than a fact may be is cut.</param>
    /// <param name="kind">What it is about.</param>
    /// <param name="reference">What it is imported from.</param>
    public static ImportedFact Of(string text, FactKind kind, string reference) =>
        new(new NewFact(Words.Short(text, FactStore.LongestText), kind) { Origin = FactOrigin.Import, Reference = reference });
}
