using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Addresses;

/// <summary>"P.O. Box 149", "Postfach 12 34", "Apartado 5".</summary>
internal sealed class PostBox : AddressShape
{
    public override int? EndAt(ReadText text, int first)
    {
        var at = text[first].Folded switch
        {
            "p" when text[first + 1].Is(".") && text[first + 2].Is("o") => text[first + 3].Is(".") ? first + 4 : first + 3,
            "po" or "postal" or "post" when text[first + 1].Is("box") => first + 1,
            "postfach" or "apartado" or "casilla" or "postbus" or "postboks" or "postilokero" or "bp" => first,
            _ => -1,
        };
        if (at < 0)
        {
            return null;
        }

        var number = text[at].Is("box") || at == first ? at + 1 : at;
        return text[number].IsNumber && Continues(text, number) ? number : null;
    }
}
