using System.ComponentModel;
using PersonalAi.Tools.BuiltIn.Files;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>Lists what is in a folder, or the files below it that match a pattern.</summary>
internal static class ListFilesTool
{
    private const int MostEntries = 200;

    /// <summary>The tool.</summary>
    /// <param name="roots">The folders that the user granted.</param>
    public static Tool Create(GrantedRoots roots)
    {
        return FileTool.Reading(roots, ToolFunction.Create("list_files", "Lists the files in a folder.", ListAsync), "folder", "folder") with
        {
            Examples = ["which files are there", "what is in the folder letters", "list my notes", "show me the PDF files"],
        };

        Task<string> ListAsync(
            [Description("leave out for the granted folder")] string folder = ".",
            [Description("like *.md or **/2024*; also looks below the folder")] string? glob = null,
            CancellationToken cancellationToken = default) => Task.Run(() => List(new GrantedArea(roots).Resolve(folder), glob, cancellationToken), cancellationToken);
    }

    private static string List(GrantedPath folder, string? glob, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        var length = 0;
        foreach (var entry in glob is null ? FolderWalk.In(folder) : Matching(folder, new Glob(glob)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var line = Line(entry);
            length += line.Length + 1;
            if (lines.Count == MostEntries || length > FileTool.LongestResult)
            {
                return $"{string.Join('\n', lines)}\n[There are more: the first {lines.Count} are listed; give a narrower folder or glob.]";
            }

            lines.Add(line);
        }

        return lines.Count > 0 ? string.Join('\n', lines) : glob is null ? $"'{folder.Shown}' is empty." : $"Nothing in '{folder.Shown}' matches '{VisibleText.Of(glob)}'.";
    }

    private static IEnumerable<FolderEntry> Matching(GrantedPath folder, Glob glob) =>
        FolderWalk.Through(folder).Where(entry => glob.Matches(Path.GetRelativePath(folder.Real, entry.Path.Real).Replace(Path.DirectorySeparatorChar, '/')));

    private static string Line(FolderEntry entry) => entry.Kind switch
    {
        EntryKind.Folder => $"{entry.Path.Shown}/",
        EntryKind.Link => $"{entry.Path.Shown} (link)",
        EntryKind.Other => $"{entry.Path.Shown} (no ordinary file)",
        _ => $"{entry.Path.Shown} {ByteSize.Of(entry.Size)}",
    };
}
