using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Addresses;

/// <summary>Addresses of streets and boxes in the forms of many countries, with the town, the code and the country that follow.</summary>
internal sealed class StreetAddressRecogniser : Recogniser
{
    public override IEnumerable<SensitiveSpan> Find(ReadText text)
    {
        for (var first = 0; first < text.Count; first++)
        {
            if (EndOfHeart(text, first) is { } heart)
            {
                var last = AddressTail.EndOf(text, heart);
                yield return text.Span(StartOf(text, first), last, SensitiveType.StreetAddress, score: 0.8);
                first = last;
            }
        }
    }

    private static int? EndOfHeart(ReadText text, int first)
    {
        int? end = null;
        foreach (var shape in AddressShapes.All)
        {
            end = shape.EndAt(text, first) is { } other && !(other < end) ? other : end;
        }

        return end;
    }

    // One number more, as of a building or a code, or a name before the number: "Aqqusinersuaq 176 Pinto Hill".
    private static int StartOf(ReadText text, int first)
    {
        if (text[first].IsNumber && text[first].Lines == 0 && text[first - 1] is { IsWord: true, IsCapitalised: true } name && !name.Is(WordUse.Word | WordUse.Name) && text[first - 2].Kind != TokenKind.Mark)
        {
            return first - 1;
        }

        return text[first - 1] is { IsNumber: true, Length: <= 6 } && text[first].Lines == 0 ? first - 1 : first;
    }
}
