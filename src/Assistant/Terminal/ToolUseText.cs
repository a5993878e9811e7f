using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Terminal;

/// <summary>Says in a line which tool was called with what, and what came of it.</summary>
internal static class ToolUseText
{
    private const int Longest = 120;

    /// <summary>The line, without a full stop: <c>calculate {"expression":"2+2"}: 4</c>.</summary>
    public static string Of(ToolUse use) => $"{Call(use)}: {Ending(use)}";

    /// <summary>The tool and its arguments.</summary>
    public static string Call(ToolUse use) => $"{RevealedText.Of(use.Name)}{(use.Arguments == "{}" ? "" : " " + Short(RevealedText.Of(use.Arguments)))}";

    private static string Ending(ToolUse use) => use.Status switch
    {
        "denied" => $"not allowed, {TerminalText.OneLine(use.Reason)}",
        _ => Short(use.Result),
    };

    private static string Short(string text) => TerminalText.OneLine(text) is { Length: > Longest } line ? $"{line[..Longest]}…" : TerminalText.OneLine(text);
}
