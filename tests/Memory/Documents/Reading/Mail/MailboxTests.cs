using System.Text;
using PersonalAi.Memory.Documents.Reading;
using PersonalAi.Memory.Documents.Reading.Mail;
using Xunit;

namespace PersonalAi.Tests.Memory.Documents.Reading.Mail;

public sealed class MailboxTests
{
    private const string Box = """
        From ada@example.org Tue Mar  5 10:00:00 2024
        Subject: One
        From: ada@example.org

        First.
        From here on it goes on.
        >From a quoted line.

        From MAILER-DAEMON Wed Mar  6 10:00:00 2024
        Subject: Two

        Second.
        """;

    [Fact]
    public void Mails_are_split_where_they_begin_and_nowhere_else()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Box));

        var mails = Mailbox.Split(stream).Select(mail => MailMessage.Read("box", mail)).ToArray();

        Assert.Equal(
            [("One", "First.\nFrom here on it goes on.\nFrom a quoted line."), ("Two", "Second.")],
            mails.Select(mail => (mail.Subject ?? "", mail.Text.ReplaceLineEndings("\n"))));
    }

    [Fact]
    public async Task Chunks_cite_the_message_and_share_none()
    {
        var box = await Reading.OfAsync("old.mbox", Box);

        Assert.Equal(
            [("One, from ada@example.org", "old.mbox message 1"), ("Two", "old.mbox message 2")],
            Chunker.Cut(box, new()).Select(chunk => (chunk.Heading, box.Cite(chunk))));
    }

    [Fact]
    public void Long_mails_and_long_lines_are_kept_to_a_limit()
    {
        var text = $"From a Tue Mar  5 10:00:00 2024\nSubject: long\n\n{new string('x', 300_000)}\nFrom b\n\nFrom c Tue Mar  5 10:00:00 2024\nSubject: short\n\nend\n";
        using var whole = new MemoryStream(Encoding.ASCII.GetBytes(text));
        using var cut = new MemoryStream(Encoding.ASCII.GetBytes(text));

        Assert.Equal([300_024, 20], Mailbox.Split(whole).Select(mail => mail.Length));
        Assert.All(Mailbox.Split(cut, mostBytes: 1000), mail => Assert.InRange(mail.Length, 15, 1000));
    }
}
