using System.ComponentModel;
using PersonalAi.Tools.BuiltIn.Files;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>Replaces one piece of a text file, and tells the difference.</summary>
internal static class EditFileTool
{
    /// <summary>The tool.</summary>
    /// <param name="roots">The folders that the user granted.</param>
    public static Tool Create(GrantedRoots roots)
    {
        return FileTool.Changing(roots, ToolFunction.Create("edit_file", "Replaces a piece of a text file.", EditAsync)) with
        {
            Examples = ["change the date in letter.md", "replace that word in the file", "correct the mistake in my notes", "rename the heading"],
        };

        Task<string> EditAsync(
            string path,
            [Description("exactly as in the file, and only once there")] string old_text,
            string new_text,
            CancellationToken cancellationToken = default) => Task.Run(() => Edit(FileTool.ResolveForChange(roots, path), old_text, new_text), cancellationToken);
    }

    private static string Edit(GrantedPath path, string old, string now)
    {
        var before = WholeText.Read(path) ?? throw new ToolException($"There is no file '{path.Shown}': use write_file to make it.");
        if (old.Length == 0)
        {
            throw new ToolException("old_text is empty: give the piece that is to be replaced, or use write_file.");
        }

        // Models write line feeds, whatever the file has.
        if (before.Text.Contains("\r\n", StringComparison.Ordinal) && !old.Contains('\r', StringComparison.Ordinal))
        {
            (old, now) = (old.ReplaceLineEndings("\r\n"), now.ReplaceLineEndings("\r\n"));
        }

        var at = before.Text.IndexOf(old, StringComparison.Ordinal);
        if (at < 0)
        {
            throw new ToolException($"old_text does not stand in '{path.Shown}': read the file and give the piece exactly as it is.");
        }

        return before.Text.IndexOf(old, at + 1, StringComparison.Ordinal) >= 0
            ? throw new ToolException($"old_text stands in '{path.Shown}' more than once: give more of the lines around it.")
            : FileChange.Make(path, before, string.Concat(before.Text.AsSpan(0, at), now, before.Text.AsSpan(at + old.Length)));
    }
}
