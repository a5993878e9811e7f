using PersonalAi.Memory.Facts.Writing.Guards;
using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing;

/// <summary>Why a candidate is not admitted.</summary>
public enum RefusalReason
{
    /// <summary>The words it names do not say it.</summary>
    Unproven,

    /// <summary>It holds a password, a key or an account number.</summary>
    Secret,

    /// <summary>It is known already.</summary>
    Known,

    /// <summary>It repeats what was recalled.</summary>
    Echo,

    /// <summary>It is not in the user's own words.</summary>
    Foreign,
}

/// <summary>What every candidate must pass, whoever proposed it.</summary>
public static class Admission
{
    /// <summary>Why a candidate is refused; null where it is admitted.</summary>
    public static RefusalReason? Check(FactCandidate candidate, WritingTurn turn) =>
        turn.Origin != TextOrigin.User ? RefusalReason.Foreign
        : candidate.Text.Length is 0 or > FactStore.LongestText || CandidateVerifier.Check(candidate, turn.Text) is not null ? RefusalReason.Unproven
        : candidate.EarlierPerson is { } person && !turn.Earlier.Any(text => OwnWords.Of(text).Contains(person, StringComparison.Ordinal)) ? RefusalReason.Unproven
        : !OwnWords.Of(turn.Text).AsSpan(candidate.Start, candidate.Length).SequenceEqual(turn.Text.AsSpan(candidate.Start, candidate.Length)) ? RefusalReason.Foreign
        : Secrets.IsIn(turn.Text) ? RefusalReason.Secret
        : turn.Known.Any(fact => IsSame(fact.Text, candidate.Text) || IsSameValue(fact, candidate)) ? RefusalReason.Known
        : turn.Recalled.Any(text => IsSame(text, candidate.Text)) ? RefusalReason.Echo
        : null;

    // Of the same attribute, with no name or number that is not known: "I am in Rotterdam" where the home is known to be there.
    private static bool IsSameValue(KnownFact known, FactCandidate candidate)
    {
        if (candidate.Attribute is null || candidate.Attribute != known.Attribute)
        {
            return false;
        }

        var (a, b) = (Words.Of(known.Text), Words.Of(candidate.Text));
        var values = b.Skip(1).Where(word => word.IsNumber || word.IsCapitalised).ToList();
        return values.Count > 0 && Negations.In(a) == Negations.In(b) && values.TrueForAll(value => a.Any(word => word.Lower == value.Lower));
    }

    private static bool IsSame(string known, string text)
    {
        var (a, b) = (Words.Of(known), Words.Of(text));
        return Negations.In(a) == Negations.In(b) && EchoGuard.ContentOf(a).SetEquals(EchoGuard.ContentOf(b));
    }
}
