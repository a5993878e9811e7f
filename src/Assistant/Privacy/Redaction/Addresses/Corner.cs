using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Addresses;

/// <summary>"the corner of Kuusiku 7 and Alexander Flat".</summary>
internal sealed class Corner : AddressShape
{
    public override int? EndAt(ReadText text, int first)
    {
        if (!text[first].Is("the") || !text[first + 1].Is("corner") || !text[first + 2].Is("of"))
        {
            return null;
        }

        var one = EndOfStreet(text, first + 3);
        return one > first + 3 && text[one].Is("and") && EndOfStreet(text, one + 1) is var two && two > one + 1 ? two - 1 : null;
    }

    private static int EndOfStreet(ReadText text, int first)
    {
        var name = IsHouse(text[first]) ? first + 1 : first;
        var end = SkipName(text, name);
        end += end > name && text[end].Is(WordUse.Word) && StreetWords.IsKindAfter(text[end]) ? 1 : 0;
        if (end > name && IsHouse(text[end]) && Continues(text, end))
        {
            end++;
            end += StreetWords.IsKindAfter(text[end]) && Continues(text, end) ? 1 : 0;
            end += text[end].Is(".") && !text[end - 1].IsNumber && !text[end].IsSpaced ? 1 : 0;
        }

        return end > name && !text[end - 1].IsWord && !text[end - 1].IsNumber && text[end].Lines > 0 ? end - 1 : end;
    }
}
