using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Addresses;

/// <summary>"6750 Koskikatu 25", "5850 Jana Nerudy 894": a name between two numbers.</summary>
internal sealed class NameBetweenNumbers : AddressShape
{
    public override int? EndAt(ReadText text, int first)
    {
        if (!IsHouse(text[first]) || !Continues(text, first + 1))
        {
            return null;
        }

        var end = SkipName(text, first + 1);
        return end > first + 1 && IsHouse(text[end]) && Continues(text, end) && HasUncommonWord(text, first + 1, end) && !IsDate(text, first, end)
            ? end
            : null;
    }

    private static bool IsDate(ReadText text, int first, int end) => end == first + 2 && text[first].Length <= 2 && text[end].Length == 4;
}
