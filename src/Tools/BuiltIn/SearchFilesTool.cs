using System.ComponentModel;
using System.Text.RegularExpressions;
using PersonalAi.Tools.BuiltIn.Files;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>Finds the lines of files that say something.</summary>
internal static class SearchFilesTool
{
    private const int LongestLine = 4_000, LongestExcerpt = 200, MostMatches = 50;

    private static readonly TimeSpan LongestSearch = TimeSpan.FromSeconds(30), LongestMatch = TimeSpan.FromSeconds(1);

    /// <summary>The tool.</summary>
    /// <param name="roots">The folders that the user granted.</param>
    /// <param name="time">Tells when a search has taken too long.</param>
    public static Tool Create(GrantedRoots roots, TimeProvider time)
    {
        return FileTool.Reading(roots, ToolFunction.Create("search_files", "Finds text in the user's files.", SearchAsync), "folder", "files in") with
        {
            Examples = ["in which file is this word", "search my files for a phone number", "find the file where I wrote about it"],
        };

        Task<string> SearchAsync(
            [Description("words to find")] string text,
            [Description("leave out for the granted folder")] string folder = ".",
            [Description("only these files, like *.md")] string glob = "*",
            [Description("text is a regular expression")] bool regex = false,
            CancellationToken cancellationToken = default) =>
            Task.Run(() => Search(FileTool.ResolveForReading(roots, folder), PatternOf(text, regex), new Glob(glob), time, cancellationToken), cancellationToken);
    }

    // Without backtracking no pattern takes longer than its length times that of the line.
    private static Regex PatternOf(string text, bool isPattern)
    {
        try
        {
            return text.Length is 0 or > 500
                ? throw new ToolException("Give a text of 1 to 500 characters to search for.")
                : isPattern
                ? new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, LongestMatch)
                : new Regex(Regex.Escape(text), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, LongestMatch);
        }
        catch (NotSupportedException error)
        {
            throw new ToolException($"The regular expression '{VisibleText.Of(text)}' is too costly: leave out back-references, lookarounds and large repetitions.", error);
        }
        catch (RegexParseException error)
        {
            throw new ToolException($"'{VisibleText.Of(text)}' is no regular expression: {error.Error} at character {error.Offset}.", error);
        }
    }

    private static string Search(GrantedPath folder, Regex pattern, Glob glob, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var found = new Findings();
        foreach (var file in FilesIn(folder).Where(file => glob.Matches(Path.GetRelativePath(folder.Real, file.Real).Replace(Path.DirectorySeparatorChar, '/'))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (time.GetElapsedTime(started) > LongestSearch)
            {
                return found.Tell($"Stopped after {LongestSearch.TotalSeconds:0} seconds: give a narrower folder or glob");
            }

            if (!LooksThrough(file, pattern, found, cancellationToken))
            {
                return found.Tell($"There are more matches than these {found.Count}: give a narrower text, folder or glob");
            }
        }

        return found.Tell(end: null);
    }

    private static IEnumerable<GrantedPath> FilesIn(GrantedPath folder) => File.Exists(folder.Real)
        ? [folder]
        : FolderWalk.Through(folder).Where(entry => entry is { Kind: EntryKind.File, Size: > 0 } && !GrantedArea.IsOfGit(entry.Path.Real)).Select(entry => entry.Path);

    // False when there is no room for more.
    private static bool LooksThrough(GrantedPath file, Regex pattern, Findings found, CancellationToken cancellationToken)
    {
        try
        {
            using var lines = TextLines.Open(file, LongestLine).Lines;
            found.Looked(isText: lines is not null);
            for (var number = 1; lines?.Next() is { } line; number++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (pattern.Match(line) is { Success: true } match && !found.TryAdd($"{file.Shown}:{number}: {Excerpt(line, match.Index)}"))
                {
                    return false;
                }
            }
        }
        catch (Exception error) when (error is ToolException or IOException)
        {
            found.Looked(isText: false);
        }
        catch (RegexMatchTimeoutException error)
        {
            throw new ToolException($"The regular expression '{VisibleText.Of(pattern.ToString())}' takes too long: give a simpler one.", error);
        }

        return true;
    }

    private static string Excerpt(string line, int at)
    {
        var start = Math.Max(0, Math.Min(at - (LongestExcerpt / 4), line.Length - LongestExcerpt));
        var end = Math.Min(line.Length, start + LongestExcerpt);
        return $"{(start > 0 ? "…" : "")}{line[start..end].Trim()}{(end < line.Length ? "…" : "")}";
    }

    private sealed class Findings
    {
        private readonly List<string> _lines = [];
        private int _length;
        private int _texts;
        private int _others;

        public int Count => _lines.Count;

        public void Looked(bool isText) => _ = isText ? _texts++ : _others++;

        public bool TryAdd(string line)
        {
            _length += line.Length + 1;
            if (_lines.Count == MostMatches || _length > FileTool.LongestResult)
            {
                return false;
            }

            _lines.Add(line);
            return true;
        }

        public string Tell(string? end)
        {
            var skipped = _others > 0 ? $"; {_others} that are no text or cannot be read were left out" : "";
            return _lines.Count > 0
                ? string.Join('\n', [.. _lines, .. end is null ? Array.Empty<string>() : [$"[{end}.]"]])
                : $"Nothing was found in {_texts} {(_texts == 1 ? "file" : "files")}{skipped}.{(end is null ? "" : $" {end}.")}";
        }
    }
}
