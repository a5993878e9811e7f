using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Addresses;

/// <summary>"lives on Grössgstötten 50": a name and a number where an address is spoken of.</summary>
internal sealed class NameBeforeNumber : AddressShape
{
    private const int CueDistance = 8;

    public override int? EndAt(ReadText text, int first)
    {
        if (!text[first].IsCapitalised || !StreetWords.IsPreposition(text[first - 1]) || !IsSpokenOf(text, first))
        {
            return null;
        }

        var end = SkipName(text, first);
        return end > first && IsHouse(text[end]) && Continues(text, end) && HasUncommonWord(text, first, end) ? end : null;
    }

    private static bool IsSpokenOf(ReadText text, int first)
    {
        for (var at = first - 1; at >= first - CueDistance && text[at] is not { Folded: "." or "?" or "!" }; at--)
        {
            if (StreetWords.IsCue(text[at]))
            {
                return true;
            }
        }

        return false;
    }
}
