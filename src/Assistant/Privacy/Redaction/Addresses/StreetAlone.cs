using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Addresses;

/// <summary>"on Berg Hills Street": without a number, where a place is meant.</summary>
internal sealed class StreetAlone : AddressShape
{
    public override int? EndAt(ReadText text, int first)
    {
        if (!text[first].IsCapitalised || !StreetWords.IsPreposition(text[first - 1]))
        {
            return null;
        }

        for (var at = first + 1; at < first + 4 && Continues(text, at) && text[at].IsCapitalised; at++)
        {
            if (StreetWords.IsCertainKindAfter(text[at]))
            {
                return (HasUncommonWord(text, first, at) || at > first + 1) && !(text[at + 1].IsCapitalised && Continues(text, at + 1)) ? at : null;
            }
        }

        return null;
    }
}
