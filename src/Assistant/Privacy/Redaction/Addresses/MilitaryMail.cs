using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Addresses;

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
