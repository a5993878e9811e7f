using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Addresses;

/// <summary>"119 Countess Close", "67 Devon Street West", "175 Iroon Polytechniou Avenue 3".</summary>
internal sealed class KindBehindName : AddressShape
{
    public override int? EndAt(ReadText text, int first)
    {
        if (!IsHouse(text[first]))
        {
            return null;
        }

        for (var at = first + 1; at <= first + 5 && Continues(text, at) && text[at].IsWord; at++)
        {
            if (at > first + 1 && StreetWords.IsKindAfter(text[at]) && (text[at].IsCapitalised || text[at].Length > 3 || !text.HasCapitals) && !StreetWords.IsKindAfter(text[at + 1]))
            {
                return (StreetWords.IsSide(text[at + 1]) || IsHouse(text[at + 1])) && Continues(text, at + 1) ? at + 1 : at;
            }

            if (!text[at].IsCapitalised && text[at].Is(WordUse.Word) && at > first + 2)
            {
                return null;
            }
        }

        return null;
    }
}
