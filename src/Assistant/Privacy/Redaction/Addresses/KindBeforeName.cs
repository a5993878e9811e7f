using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Addresses;

/// <summary>"Rua do Arenque 1634", "ul. Zamkowa 33", "C/ Señores Curas 88", "33 avenue de Provence".</summary>
internal sealed class KindBeforeName : AddressShape
{
    public override int? EndAt(ReadText text, int first)
    {
        var at = IsHouse(text[first]) && Continues(text, first + 1) ? first + 1 : first;
        if (!StreetWords.IsKindBefore(text[at], isAfterNumber: at > first))
        {
            return null;
        }

        var name = text[at + 1] is { Folded: "." or "/" } && Continues(text, at + 1) ? at + 2 : at + 1;
        while (StreetWords.IsParticle(text[name]) && Continues(text, name))
        {
            name++;
        }

        var end = Continues(text, name) ? SkipName(text, name) : name;
        if (end == name)
        {
            return null;
        }

        if (IsHouse(text[end]) && Continues(text, end))
        {
            return end;
        }

        return at > first ? end - 1 : null;
    }
}
