using PersonalAi.Memory.Conversations;

namespace PersonalAi.Memory.Exchange;

/// <summary>What a file to import is.</summary>
public enum ImportFormat
{
    /// <summary>Whatever its name and its beginning say.</summary>
    Auto,

    /// <summary>An export of this program, as JSON lines.</summary>
    Pai,

    /// <summary>An export of ChatGPT: the archive, or its <c>conversations.json</c>.</summary>
    ChatGpt,

    /// <summary>An export of Claude: the archive, or its <c>conversations.json</c>.</summary>
    Claude,

    /// <summary>Notes in Markdown.</summary>
    Markdown,

    /// <summary>Mail: mbox files, single mails, Maildir folders.</summary>
    Mbox,

    /// <summary>A calendar.</summary>
    Ics,

    /// <summary>An address book.</summary>
    Vcard,
}

/// <summary>How something is imported.</summary>
/// <param name="Settings">What imported sessions are held with, where they are continued.</param>
public sealed record ImportOptions(SessionSettings Settings)
{
    /// <summary>What the file is.</summary>
    public ImportFormat Format { get; init; }

    /// <summary>Whether everything is read and nothing stored.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Makes what was exported of the file that holds it, which is encrypted; null where it is not.</summary>
    public Func<Stream, Stream>? Decrypt { get; init; }

    /// <summary>The most bytes that one conversation, or one line of an export, may have.</summary>
    public long MostInOne { get; init; } = 256L << 20;

    /// <summary>How many times larger than its archive a file may unpack to, once it is larger than <see cref="MostInOne"/>.</summary>
    public int MostExpansion { get; init; } = 100;
}
