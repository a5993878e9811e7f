using System.Collections.Frozen;

namespace PersonalAi.Memory.Facts.Writing.Language;

/// <summary>Tells nouns of occupation by their endings: teacher, editor, cellist, librarian, accountant.</summary>
internal static class Trades
{
    private static readonly string[] Endings = ["er", "or", "ist", "ian", "ant", "eer", "ress", "smith", "man", "woman", "nurse", "chef", "cook", "clerk", "vet", "judge", "coach", "guide", "pilot"];

    // They end so and name no trade.
    private static readonly FrozenSet<string> Others = (
        "better never over under after other older younger another rather either bigger smaller faster slower closer earlier later clever eager bitter reluctant important hesitant "
        + "number letter matter water paper dinner summer winter weather finger shoulder computer corner member together however brother sister mother father daughter owner order for or "
        + "floor door colour color flavour major minor mirror error italian human woman man german roman giant elephant instant distant constant pleasant restaurant vegetarian person")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static bool Are(Word word) => word.Text.Length > 3 && !Others.Contains(word.Lower) && Endings.Any(ending => word.Lower.EndsWith(ending, StringComparison.Ordinal));
}
