using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Addresses;

/// <summary>What follows the street in an address, on its line or on the next ones: a flat, a second street, a town, a region, a code, a country.</summary>
internal static class AddressTail
{
    private const int MostParts = 8;

    private const int LongestTown = 5;

    /// <summary>The last token of the address.</summary>
    public static int EndOf(ReadText text, int last)
    {
        var afterUnit = false;
        for (var part = 0; part < MostParts; part++)
        {
            if (EndOfUnit(text, last + 1) is { } unit)
            {
                (last, afterUnit) = (unit, true);
            }
            else if (EndOfStreet(text, last + 1) is { } street)
            {
                last = street;
            }
            else if (EndOfTown(text, last + 1, afterUnit || part > 1 || part > 0 && text[last] is { IsNumber: true, Length: >= 4 }) is { } town)
            {
                last = town;
            }
            else
            {
                break;
            }
        }

        return last;
    }

    // "Apt. 864", "# 3", "Suite B"; the full stop of "u. 49." and marks at the beginning of quoted lines may stand before it.
    private static int? EndOfUnit(ReadText text, int at)
    {
        at = SkipMarks(text, at, ".,");
        if (!StreetWords.IsUnit(text[at]) || text[at].Lines > 1)
        {
            return null;
        }

        at += text[at + 1].Is(".") ? 2 : 1;
        return text[at].Lines == 0 && (text[at].IsNumber || text[at].IsWord && text[at].Length == 1) ? at : null;
    }

    // A second line of the street: "Pinto Hill".
    private static int? EndOfStreet(ReadText text, int at)
    {
        for (var kind = at; kind < at + 4 && text[kind].IsCapitalised && text[kind].Lines == 0; kind++)
        {
            if (kind > at && StreetWords.IsKindAfter(text[kind]) && !StreetWords.IsKindAfter(text[kind + 1]))
            {
                return kind;
            }
        }

        return null;
    }

    private static int? EndOfTown(ReadText text, int at, bool needsNoComma)
    {
        var first = SkipMarks(text, at, ",");
        var isApart = first > at || text[first].Lines > 0;
        if (text[first].Lines > 2 || !isApart && !needsNoComma && !text[first].IsNumber)
        {
            return null;
        }

        var end = SkipTown(text, first);
        if (end > first && !EndsLine(text, end) && !IsCode(text, end) && !(text[end].Is(",") || text[end].IsNumber))
        {
            return null;
        }

        end = SkipCode(text, end);
        return end > first ? end - 1 : null;
    }

    private static int SkipTown(ReadText text, int first)
    {
        var at = first;
        while (at - first < LongestTown && (at == first || text[at].Lines == 0) && IsInTown(text, at, first))
        {
            at++;
        }

        while (at > first && StreetWords.IsParticle(text[at - 1]) && !text[at - 1].IsCapitalised)
        {
            at--;
        }

        if (at > first && text[at].Is("(") && text[at + 2].Is(")"))
        {
            at += 3;
        }

        // A label: "Mobile:".
        return text[at].Is(":") ? first : at;
    }

    private static bool IsInTown(ReadText text, int at, int first) =>
        text[at].IsWord && (text[at].IsCapitalised || !text.HasCapitals && !text[at].Is(WordUse.Everyday) || at > first && StreetWords.IsParticle(text[at]));

    // "CO 70079", ", nan", "SW1A 1AA".
    private static int SkipCode(ReadText text, int at)
    {
        var code = at + (text[at].Is(",") && text[at + 1].Lines == 0 ? 1 : 0);
        if (IsCode(text, code))
        {
            at = code + 1;
        }

        return text[at] is { IsNumber: true, Length: >= 3 and <= 7, Lines: <= 1 } && !(text[at].Lines == 1 && !EndsLine(text, at + 1)) ? at + 1 : at;
    }

    private static bool IsCode(ReadText text, int at) =>
        text[at] is { IsWord: true, Length: 2 or 3, Lines: 0 } && (text[at + 1].IsNumber || text[at + 1].Lines > 0) && (text[at].IsCapitalised || !text[at].Is(WordUse.Word) || !text.HasCapitals);

    private static bool EndsLine(ReadText text, int at) => text[at].Lines > 0 || text[at].Kind == TokenKind.Mark;

    private static int SkipMarks(ReadText text, int at, string marks)
    {
        var start = at;
        while (at - start < 4 && text[at].Kind == TokenKind.Mark && text[at].Length > 0 && (marks.Contains(text[at].Folded, StringComparison.Ordinal) || (text[at].Lines > 0 || at > start) && text[at].Folded is "?" or ">" or "|" or "*" or ","))
        {
            at++;
        }

        return at;
    }
}
