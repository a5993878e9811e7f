namespace PersonalAi.Memory.Recall.Index;

/// <summary>What of a passage is embedded: who says it and where it stands belong to its meaning.</summary>
internal static class EmbeddedText
{
    public static string Of(string? speaker, string? heading, string text) => (speaker, heading) switch
    {
        (null, null) => text,
        (null, _) => $"{heading}\n{text}",
        _ => $"{speaker}: {text}",
    };
}
