using System.Collections.Immutable;

namespace PersonalAi.Assistant.Bench.Writing;

/// <summary>What a way of writing facts reached over personas.</summary>
/// <param name="UserTurns">How many turns of users were looked at.</param>
/// <param name="Stored">Facts that were stored at once.</param>
/// <param name="Right">Those of them that a turn states.</param>
/// <param name="Inbox">Facts that wait to be looked at.</param>
/// <param name="InboxRight">Those of them that a turn states.</param>
/// <param name="Explicit">Facts that turns state in so many words.</param>
/// <param name="ExplicitStored">Those of them that were stored at once.</param>
/// <param name="ExplicitFound">Those of them that were stored or wait.</param>
/// <param name="Duplicates">Stored facts that state again what was stored before.</param>
/// <param name="Echoes">Stored facts of turns that only repeat what was recalled.</param>
/// <param name="Untrusted">Stored or waiting facts from words that are not the user's own.</param>
/// <param name="Superseded">Facts that took the place of the one that they replace, of those that replace a stored one.</param>
/// <param name="ToSupersede">Facts that replace one that was stored.</param>
internal sealed record WritingScores(
    int UserTurns, int Stored, int Right, int Inbox, int InboxRight, int Explicit, int ExplicitStored, int ExplicitFound,
    int Duplicates, int Echoes, int Untrusted, int Superseded, int ToSupersede)
{
    /// <summary>Of each kind of trap: its turns, and the facts that were stored wrongly from them.</summary>
    public ImmutableSortedDictionary<string, TrapScore> Traps { get; init; } = ImmutableSortedDictionary<string, TrapScore>.Empty;

    /// <summary>Facts that no turn states.</summary>
    public ImmutableArray<WrongFact> Wrong { get; init; } = [];

    /// <summary>Explicit statements that were not stored.</summary>
    public ImmutableArray<WrongFact> Missed { get; init; } = [];

    /// <summary>The share of the stored facts that are right.</summary>
    public double Precision => Stored == 0 ? 0 : (double)Right / Stored;

    /// <summary>The share of the explicit statements that were stored.</summary>
    public double Recall => Explicit == 0 ? 0 : (double)ExplicitStored / Explicit;

    /// <summary>The share of the explicit statements that were stored or wait in the inbox.</summary>
    public double RecallWithInbox => Explicit == 0 ? 0 : (double)ExplicitFound / Explicit;
}

/// <summary>A kind of trap.</summary>
/// <param name="Turns">How many turns set it.</param>
/// <param name="Wrong">How many facts were stored wrongly from them.</param>
internal readonly record struct TrapScore(int Turns, int Wrong);

/// <summary>A fact that is wrong, or missing, and its turn.</summary>
internal readonly record struct WrongFact(string Turn, string Text);
