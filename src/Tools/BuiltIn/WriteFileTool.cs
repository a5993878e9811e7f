using PersonalAi.Tools.BuiltIn.Files;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>Writes a text file, a new one or in place of the old one, and tells the difference.</summary>
internal static class WriteFileTool
{
    /// <summary>The tool.</summary>
    /// <param name="roots">The folders that the user granted.</param>
    public static Tool Create(GrantedRoots roots)
    {
        return FileTool.Changing(roots, ToolFunction.Create("write_file", "Writes a whole text file, new or in place of the old one.", WriteAsync)) with
        {
            Examples = ["save this as list.txt", "write it into a file", "make a new file", "create a document with that"],
        };

        Task<string> WriteAsync(string path, string content, CancellationToken cancellationToken = default) =>
            Task.Run(() => Write(FileTool.ResolveForChange(roots, path), content), cancellationToken);
    }

    private static string Write(GrantedPath path, string content)
    {
        var before = WholeText.Read(path);
        return FileChange.Make(path, before, content);
    }
}
