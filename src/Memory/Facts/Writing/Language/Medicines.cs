namespace PersonalAi.Memory.Facts.Writing.Language;

/// <summary>Tells names of medicines by their endings, which are agreed on for whole classes of them: apixaban, metformin, ramipril.</summary>
internal static class Medicines
{
    private static readonly string[] Endings =
        ["xaban", "formin", "pril", "olol", "sartan", "statin", "cillin", "mycin", "prazole", "dipine", "oxetine", "zepam", "profen", "mab", "thyroxine", "insulin", "warfarin", "aspirin", "gliptin", "triptan", "cetamol", "oxacin"];

    public static bool Is(Word word) => word.IsAny("tablets", "pills", "antidepressants", "medication") || Endings.Any(ending => word.Lower.EndsWith(ending, StringComparison.Ordinal));
}
