using PersonalAi.Memory.Facts.Writing.Guards;
using PersonalAi.Memory.Facts.Writing.Language;
using PersonalAi.Memory.Facts.Writing.Rules;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PersonalAi.Memory.Facts.Writing;

/// <summary>A turn as the rules and guards look at it.</summary>
internal sealed class Reading
{
    private readonly Lazy<FrozenSet<string>> _knownNames;

    public Reading(WritingTurn turn)
    {
        Turn = turn;
        Own = OwnWords.Of(turn.Text);
        Words = Language.Words.Of(Own);
        Clauses = [.. Language.Clauses.Of(Own, Words)];
        Person = Antecedent.InEarlier(turn);
        _knownNames = new(() => NamesIn(turn));
    }

    public WritingTurn Turn { get; }

    /// <summary>The text, with line breaks in place of what is not the user's own.</summary>
    public string Own { get; }

    public ImmutableArray<Word> Words { get; }

    public ImmutableArray<Clause> Clauses { get; }

    /// <summary>Whether the user asks behind a clause for what was said to be remembered.</summary>
    public bool IsOrdered(Clause clause) => Orders.AreBehind(this, clause);

    /// <summary>The person that was spoken of last, for the pronouns that follow.</summary>
    public Antecedent Person { get; set; }

    /// <summary>Whether facts tell of somebody or something of this name.</summary>
    public bool KnowsName(string name) => _knownNames.Value.Contains(name);

    private static FrozenSet<string> NamesIn(WritingTurn turn) => turn.Known
        .SelectMany(fact => Language.Words.Of(fact.Text).Skip(1))
        .Where(word => word.IsCapitalised)
        .Select(word => word.Text)
        .ToFrozenSet(StringComparer.Ordinal);
}
