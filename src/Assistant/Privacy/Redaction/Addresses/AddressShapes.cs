using System.Collections.Immutable;
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

/// <summary>"PSC 1437, Box 3833", "Unit 7194 Box 5854", "USS Mahler", each with APO, FPO or DPO behind it.</summary>
internal sealed class MilitaryMail : AddressShape
{
    public override int? EndAt(ReadText text, int first)
    {
        var office = text[first].Folded switch
        {
            "psc" or "cmr" or "unit" when text[first + 1].IsNumber => AfterBox(text, first + 2),
            "uss" or "usns" or "usnv" or "usnm" or "usav" or "uscgc" => SkipName(text, first + 1),
            _ => -1,
        };
        if (office < 0)
        {
            return null;
        }

        office += text[office].Is(",") ? 1 : 0;
        return text[office].Folded is "apo" or "fpo" or "dpo" && text[office + 1].Folded is "aa" or "ae" or "ap" ? text[office + 2].IsNumber ? office + 2 : office + 1 : null;
    }

    private static int AfterBox(ReadText text, int at)
    {
        at += text[at].Is(",") ? 1 : 0;
        return text[at].Is("box") && text[at + 1].IsNumber ? at + 2 : at;
    }
}

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

/// <summary>All shapes; one line for each.</summary>
internal static class AddressShapes
{
    public static ImmutableArray<AddressShape> All { get; } =
    [
        new KindBehindName(),
        new KindBeforeName(),
        new KindInName(),
        new NameBetweenNumbers(),
        new NameBeforeNumber(),
        new StreetAlone(),
        new PostBox(),
        new MilitaryMail(),
        new Corner(),
    ];
}
