namespace PersonalAi.Memory.Conversations;

/// <summary>Code fences of CommonMark (section 4.5), as far as an export needs them.</summary>
internal static class MarkdownFences
{
    /// <summary>The text, with an end to a code fence that it leaves open, so that what follows is not taken for code.</summary>
    public static string Close(string text)
    {
        string? open = null;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var fence = Fence(line, out var rest);
            if (open is null)
            {
                open = fence;
            }
            else if (fence is not null && fence[0] == open[0] && fence.Length >= open.Length && rest.IsWhiteSpace())
            {
                open = null;
            }
        }

        return open is null ? text : $"{text.TrimEnd('\n')}\n{open}";
    }

    private static string? Fence(ReadOnlySpan<char> line, out ReadOnlySpan<char> rest)
    {
        var content = line.TrimStart(' ');
        var mark = content.StartsWith('~') ? '~' : '`';
        rest = content.TrimStart(mark);
        var length = content.Length - rest.Length;
        return length >= 3 && line.Length - content.Length <= 3 && !(mark == '`' && rest.Contains('`')) ? new string(mark, length) : null;
    }
}
