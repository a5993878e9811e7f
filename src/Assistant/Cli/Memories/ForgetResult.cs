using PersonalAi.Memory.Forgetting;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>What forgetting did, and what a search of everything found afterwards.</summary>
/// <param name="Forgotten">What was removed from the database.</param>
/// <param name="Files">What is in the bytes of the data folder's files.</param>
/// <param name="Rows">What is in the rows of the database.</param>
internal sealed record ForgetResult(Forgotten Forgotten, TraceReport Files, IReadOnlyList<Trace> Rows)
{
    private const string BackupFolder = "backups";

    /// <summary>What kept the files from being cleaned; null where they are.</summary>
    public string? StillDue { get; init; }

    /// <summary>Backups that hold it, or may: what is encrypted cannot be searched.</summary>
    public required IReadOnlyList<HoldingBackup> Backups { get; init; }

    /// <summary>The texts themselves, where they are found still: the backups are told apart.</summary>
    public IEnumerable<Trace> Texts => Files.Found.Where(trace => !IsBackup(trace)).Concat(Rows).Where(trace => Phrases.Contains(trace.Text));

    /// <summary>Names and numbers of it that also stand in what is kept.</summary>
    public IEnumerable<Trace> Names => Rows.Where(trace => !Phrases.Contains(trace.Text));

    private IReadOnlyList<string> Phrases => Forgotten.Plan.Text.Phrases;

    private static bool IsBackup(Trace trace) => trace.Place.StartsWith(BackupFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Searches everything.</summary>
    public static async Task<ForgetResult> SearchAsync(Composition pai, Forgotten forgotten, CancellationToken cancellationToken = default)
    {
        var text = forgotten.Plan.Text;
        var rows = new TraceSearch(await pai.DatabaseAsync(cancellationToken));
        var files = await TraceSearch.InFilesAsync(pai.Data.Path, text.Phrases, cancellationToken);
        return new ForgetResult(forgotten, files, await rows.InRowsAsync([.. text.Phrases, .. text.Names], cancellationToken))
        {
            Backups = HoldingBackup.Find(Path.Combine(pai.Data.Path, BackupFolder), files.Found.Where(IsBackup).Select(trace => Path.GetFileName(trace.Place)).ToHashSet(), pai.Configuration.Options.BackupsKept),
        };
    }
}

/// <summary>A backup that holds what was forgotten, or may.</summary>
/// <param name="File">Its name in the folder of the backups.</param>
/// <param name="GoesAfter">After how many more backups it is deleted.</param>
/// <param name="Searched">Whether it was found there; an encrypted one cannot be searched.</param>
internal sealed record HoldingBackup(string File, int GoesAfter, bool Searched)
{
    // sqlite.org/fileformat.html, section 1.3: what every file begins with that is not encrypted.
    private static ReadOnlySpan<byte> Header => "SQLite format 3\0"u8;

    public static IReadOnlyList<HoldingBackup> Find(string folder, HashSet<string> found, int kept) => Directory.Exists(folder)
        ? [.. new DirectoryInfo(folder).GetFiles("*.db")
            .OrderByDescending(file => file.LastWriteTimeUtc)
            .Select((file, newer) => new HoldingBackup(file.Name, Math.Max(1, kept - newer), found.Contains(file.Name)))
            .Where(backup => backup.Searched || IsEncrypted(Path.Combine(folder, backup.File)))]
        : [];

    private static bool IsEncrypted(string file)
    {
        using var stream = System.IO.File.OpenRead(file);
        var start = new byte[Header.Length];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && !Header.SequenceEqual(start);
    }
}

/// <summary>What forgetting did as <c>--json</c> prints it.</summary>
internal sealed record ForgetJson(
    IEnumerable<string> Facts,
    string? Session,
    int Turns,
    IEnumerable<MentionJson> Mentions,
    int Passages,
    int Vectors,
    int Summaries,
    int SessionsCleaned,
    bool Cleaned,
    int FilesSearched,
    long BytesSearched,
    IEnumerable<string> FilesUnread,
    IEnumerable<Trace> Found,
    IEnumerable<Trace> NamesElsewhere,
    IEnumerable<HoldingBackup> Backups)
{
    public static ForgetJson From(ForgetResult result) => new(
        result.Forgotten.Plan.Facts.Select(fact => fact.Id.ToString()),
        result.Forgotten.Plan.Request.Session?.ToString(),
        result.Forgotten.Plan.Turns.Count,
        result.Forgotten.Plan.Mentions.Select(mention => MentionJson.From(mention, result.Forgotten.Plan.Request.Source)),
        result.Forgotten.Passages,
        result.Forgotten.Vectors,
        result.Forgotten.Summaries,
        result.Forgotten.Sessions,
        result.StillDue is null,
        result.Files.Files,
        result.Files.Bytes,
        result.Files.Unread,
        result.Texts,
        result.Names,
        result.Backups);
}

/// <summary>Words of a conversation as <c>--json</c> prints them.</summary>
internal sealed record MentionJson(string Turn, string Session, string Part, int Start, string Words, bool Removed)
{
    public static MentionJson From(Mention mention, bool removed) => new(
        mention.Turn.Id.ToString(), mention.Turn.Session.ToString(), Memories.Words.Of(mention.Part), mention.Start, mention.Words, removed);
}
