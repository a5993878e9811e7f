using PersonalAi.Memory.Facts.Writing.Language;
using PersonalAi.Memory.Recall.Time;

namespace PersonalAi.Memory.Facts.Writing;

/// <summary>Reads from the words of a candidate when it is true: "since Saturday", "until March", "on 28 March", "used to".</summary>
internal static class FactTimes
{
    /// <summary>When it is true, as far as its words tell.</summary>
    public static Validity Of(FactCandidate candidate, WritingTurn turn)
    {
        var said = turn.Text.Substring(candidate.Start, candidate.Length);
        var valid = new Validity(null, null);
        foreach (var phrase in TimePhrases.Find(said, turn.SaidAt.DateTime))
        {
            var (from, to) = Moments(phrase.Range, turn.SaidAt.Offset);
            var before = Words.Of(said[..phrase.Start]);
            var opening = Words.Of(said.Substring(phrase.Start, phrase.Length))[0];
            var word = opening.IsAny("since", "from", "until", "till") || before.IsEmpty ? opening : before[^1];
            valid = word.Lower switch
            {
                "since" or "from" or "starting" => valid with { From = from ?? valid.From },
                "until" or "till" => valid with { To = to ?? valid.To },
                _ when candidate.Kind == FactKind.Event && valid == default => new Validity(from, to),
                _ => valid,
            };
        }

        if (valid.To is null && Words.Of(said) is var words && words.Zip(words.Skip(1)).Any(pair => pair.First.Is("used") && pair.Second.Is("to")))
        {
            valid = valid with { To = turn.SaidAt };
        }

        return valid is { From: { } first, To: { } last } && last <= first ? default : valid;
    }

    private static (DateTimeOffset? From, DateTimeOffset? To) Moments(TimeRange range, TimeSpan offset) => (Moment(range.From, offset), Moment(range.To, offset));

    // The ends of the calendar stand for open ones.
    private static DateTimeOffset? Moment(DateTime local, TimeSpan offset) =>
        local.Year is > 1 and < 9999 ? new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), offset) : null;
}
