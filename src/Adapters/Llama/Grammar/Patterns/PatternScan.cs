namespace PersonalAi.Adapters.Llama.Grammar.Patterns;

/// <summary>Looks ahead in a regular expression.</summary>
internal static class PatternScan
{
    /// <summary>Where the group that opens at an index closes, or -1.</summary>
    public static int ClosingOf(string pattern, int opening)
    {
        var (depth, inClass) = (0, false);
        for (var i = opening; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '(' when !inClass:
                    depth++;
                    break;
                case ')' when !inClass && --depth == 0:
                    return i;
            }
        }

        return -1;
    }

    /// <summary>Whether a brace opens a count such as <c>{2,5}</c>; otherwise it stands for itself.</summary>
    public static bool IsCount(string pattern, int brace)
    {
        var end = pattern.IndexOf('}', brace);
        if (end < 0)
        {
            return false;
        }

        var counts = pattern[(brace + 1)..end].Split(',');
        return counts.Length <= 2 && counts[0].Length > 0 && counts.All(count => count.All(char.IsAsciiDigit));
    }
}
