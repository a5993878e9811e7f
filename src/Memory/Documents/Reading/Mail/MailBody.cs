using System.Collections.Immutable;
using System.Text;

namespace PersonalAi.Memory.Documents.Reading.Mail;

/// <summary>Collects the words of a mail's parts and the names of its attachments.</summary>
internal sealed class MailBody(string name)
{
    private static readonly ImmutableArray<string> Preferred = ["text/plain", "multipart/", "text/html", "text/"];

    private readonly StringBuilder _text = new();
    private readonly ImmutableArray<string>.Builder _attachments = ImmutableArray.CreateBuilder<string>();

    public string Text => _text.ToString();

    public ImmutableArray<string> Attachments => _attachments.ToImmutable();

    public void Add(MimePart part)
    {
        if (part.IsAttachment)
        {
            _attachments.Add(part.FileName is { Length: > 0 } file ? file : part.MediaType);
        }
        else if (part.MediaType == "message/rfc822" && !part.Parts.IsEmpty)
        {
            AddMail(MailMessage.Of(name, part.Parts[0]));
        }
        else if (part.MediaType == "multipart/alternative" && !part.Parts.IsEmpty)
        {
            Add(Best(part.Parts));
        }
        else if (!part.Parts.IsEmpty)
        {
            foreach (var child in part.Parts)
            {
                Add(child);
            }
        }
        else
        {
            AddText(part.MediaType == "text/html" ? TextOfPage(part.Text()) : part.Text());
        }
    }

    private static MimePart Best(ImmutableArray<MimePart> alternatives) =>
        Preferred.Select(type => alternatives.FirstOrDefault(part => IsWritten(part) && part.MediaType.StartsWith(type, StringComparison.Ordinal)))
            .FirstOrDefault(part => part is not null) ?? alternatives[^1];

    private static bool IsWritten(MimePart part) => !part.Parts.IsEmpty || !string.IsNullOrWhiteSpace(part.Text());

    private void AddMail(MailMessage mail)
    {
        AddText(string.Join('\n', new[] { ("From", mail.From), ("To", mail.To), ("Date", mail.Date?.ToString("R")), ("Subject", mail.Subject) }
            .Where(field => field.Item2 is not null)
            .Select(field => $"{field.Item1}: {field.Item2}")));
        AddText(mail.Text);
        _attachments.AddRange(mail.Attachments);
    }

    private void AddText(string text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            _text.Append(_text.Length > 0 ? "\n\n" : "").Append(text.TrimEnd());
        }
    }

    // A page that cannot be read takes neither the mail nor the mailbox with it.
    private string TextOfPage(string html)
    {
        try
        {
            return string.Join('\n', HtmlReader.Read(name, html).Lines.Select(line => line.Text));
        }
        catch (MemoryException error)
        {
            return $"({error.Message})";
        }
    }
}
