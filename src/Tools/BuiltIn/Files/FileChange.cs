namespace PersonalAi.Tools.BuiltIn.Files;

/// <summary>Changes a text file and tells what became of it.</summary>
internal static class FileChange
{
    private const int LongestDiff = 4_000;

    /// <summary>Writes the new text and answers with a unified diff.</summary>
    /// <param name="path">The file.</param>
    /// <param name="before">What it says by now; null where it is new.</param>
    /// <param name="after">What it is to say.</param>
    /// <exception cref="ToolException">It cannot be written.</exception>
    public static string Make(GrantedPath path, WholeText? before, string after)
    {
        var bytes = BytesOf(path, before ?? WholeText.None, after);
        if (before?.Text == after)
        {
            return $"'{path.Shown}' says that already: nothing was changed.";
        }

        FileReplacement.Write(path, bytes);
        return $"--- {(before is null ? "/dev/null" : path.Shown)}\n+++ {path.Shown}\n{UnifiedDiff.Of(before?.Text ?? "", after, LongestDiff)}";
    }

    private static byte[] BytesOf(GrantedPath path, WholeText before, string after)
    {
        if (after.Length > WholeText.Largest || after.Contains('\0', StringComparison.Ordinal))
        {
            throw new ToolException($"'{path.Shown}' was not written: give text of up to {WholeText.Largest} characters, without NUL.");
        }

        return before.BytesOf(after);
    }
}
