using PersonalAi.Memory.Recall;

namespace PersonalAi.Assistant.Terminal;

/// <summary>Says what each way of searching found of a passage.</summary>
internal static class ArmsText
{
    public static string Of(ArmScores arms) => string.Join(", ", Parts(arms));

    private static IEnumerable<string> Parts(ArmScores arms)
    {
        if (arms.Words is { } words)
        {
            yield return $"words {words:0.0}";
        }

        if (arms.Cosine is { } cosine)
        {
            yield return $"meaning {cosine:0.00}";
        }

        if (arms.Names is { } names)
        {
            yield return $"names {names:0.0}";
        }

        if (arms.InTime is { } inTime)
        {
            yield return inTime ? "in that time" : "at another time";
        }
    }
}
