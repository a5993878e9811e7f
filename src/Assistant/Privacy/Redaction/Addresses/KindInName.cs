using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Addresses;

/// <summary>"Tawastintie 72", "Friedhofstrasse 33", "12 Hauptstrasse", "Kálmán Imre u. 12."</summary>
internal sealed class KindInName : AddressShape
{
    public override int? EndAt(ReadText text, int first)
    {
        if (!text[first].IsWord || !text[first].IsCapitalised && text.HasCapitals)
        {
            return null;
        }

        for (var at = first; at < first + 4 && (at == first || Continues(text, at)) && text[at].IsWord && (text[at].IsCapitalised || !text.HasCapitals || StreetWords.IsKindAfter(text[at])); at++)
        {
            if (StreetWords.IsStreetInOneWord(text[at]) || at > first && StreetWords.IsKindAfter(text[at]) && HasUncommonWord(text, first, at))
            {
                var number = text[at + 1].Is(".") ? at + 2 : at + 1;
                return IsHouse(text[number]) && Continues(text, number) ? number
                    : text[first - 1].IsNumber && Continues(text, first) && StreetWords.IsStreetInOneWord(text[at]) ? at
                    : null;
            }
        }

        return null;
    }
}
