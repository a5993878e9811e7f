using System.Collections.Immutable;
using System.Globalization;

namespace PersonalAi.Memory.Documents.Reading.Mail;

/// <summary>Reads a mail (.eml) or a mailbox (.mbox): the lines of the bodies under a heading of subject, people and date.</summary>
internal sealed class MailReader : IDocumentReader
{
    private const int LongestPeople = 200;

    public Task<ReadDocument> ReadAsync(SourceFile file, CancellationToken cancellationToken = default) =>
        Task.FromResult(Mailbox.IsMailbox(file.Content.Span) && file.Extension != "eml" ? ReadMailbox(file, cancellationToken) : ReadMail(file));

    /// <summary>Whether a file that its name says nothing about begins with the headers that every mail has.</summary>
    public static bool LooksLikeMail(SourceFile file)
    {
        var start = file.Content[..Math.Min(file.Content.Length, 1 << 16)];
        var headers = MailHeaders.Take(ref start);
        return headers.Raw("From") is not null && (headers.Raw("Date") ?? headers.Raw("Message-ID") ?? headers.Raw("Received")) is not null;
    }

    private static ReadDocument ReadMail(SourceFile file)
    {
        var mail = MailMessage.Read(file.Name, file.Content);
        return new(file.Name, "message/rfc822", LinesOf(mail))
        {
            Title = mail.Subject,
            Author = mail.From,
            Date = mail.Date,
            Sections = [new(0, 0, Heading(mail))],
        };
    }

    private static ReadDocument ReadMailbox(SourceFile file, CancellationToken cancellationToken)
    {
        var lines = ImmutableArray.CreateBuilder<SourceLine>();
        var sections = ImmutableArray.CreateBuilder<Section>();
        using var stream = new MemoryStream(file.Content.ToArray(), writable: false);
        foreach (var bytes in Mailbox.Split(stream))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var mail = MailMessage.Of(file.Name, MimePart.Read(bytes));
            sections.Add(new(lines.Count, 0, Heading(mail)));
            lines.AddRange(LinesOf(mail).Select(line => new SourceLine(sections.Count, line.Text)));
        }

        return new(file.Name, "application/mbox", lines.ToImmutable(), LineUnit.Message) { Sections = sections.ToImmutable() };
    }

    // A mail without words says what its subject says.
    private static ImmutableArray<SourceLine> LinesOf(MailMessage mail)
    {
        var text = mail.Text.Length > 0 ? mail.Text : mail.Subject ?? "";
        var attachments = string.Concat(mail.Attachments.Select(name => $"\n[attachment: {name}]"));
        return TextLines.Split(attachments.Length > 0 ? $"{text}\n{attachments}" : text);
    }

    private static string Heading(MailMessage mail) => string.Join(", ", new[]
    {
        mail.Subject ?? "(no subject)",
        mail.From is null ? null : $"from {Short(mail.From)}",
        mail.To is null ? null : $"to {Short(mail.To)}",
        mail.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    }.Where(part => part is not null));

    private static string Short(string people) => people.Length <= LongestPeople ? people : $"{people[..LongestPeople]}...";
}
