using System.Collections.Immutable;

namespace PersonalAi.Memory.Documents.Reading.Mail;

/// <summary>A mail as people read it.</summary>
/// <param name="Text">The body: the plain text, else the words of the HTML; mails within it follow in their place.</param>
internal sealed record MailMessage(string Text)
{
    public string? Subject { get; init; }

    /// <summary>The writer, as 'Anna Smith &lt;anna@example.org&gt;'.</summary>
    public string? From { get; init; }

    public string? To { get; init; }

    public string? Cc { get; init; }

    /// <summary>When it was sent; null where the header is missing or not a date.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The id, without angle brackets.</summary>
    public string? Id { get; init; }

    /// <summary>The id of the mail that this one answers, without angle brackets.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>The names of the attachments, which are not read.</summary>
    public ImmutableArray<string> Attachments { get; init; } = [];

    /// <summary>Reads a mail.</summary>
    /// <param name="name">Where it is from, for messages.</param>
    /// <param name="bytes">The mail as it was sent.</param>
    /// <exception cref="MemoryException">It has no mail headers.</exception>
    public static MailMessage Read(string name, ReadOnlyMemory<byte> bytes)
    {
        var mail = MimePart.Read(bytes);
        return mail.Headers.Count > 0 ? Of(name, mail) : throw Unreadable.Because(name, "it does not begin with mail headers");
    }

    /// <summary>Puts what a parsed mail says together.</summary>
    public static MailMessage Of(string name, MimePart mail)
    {
        var body = new MailBody(name);
        body.Add(mail);
        return new(body.Text)
        {
            Subject = mail.Headers.Text("Subject"),
            From = mail.Headers.Text("From"),
            To = mail.Headers.Text("To"),
            Cc = mail.Headers.Text("Cc"),
            Date = MailDate.Parse(mail.Headers.Raw("Date")),
            Id = IdOf(mail.Headers.Raw("Message-ID")),
            InReplyTo = IdOf(mail.Headers.Raw("In-Reply-To")),
            Attachments = body.Attachments,
        };
    }

    private static string? IdOf(string? header)
    {
        var start = header?.IndexOf('<', StringComparison.Ordinal) ?? -1;
        var end = start < 0 ? -1 : header!.IndexOf('>', start);
        return end < 0 ? header?.Trim() : header![(start + 1)..end];
    }
}
