using System.Text;
using PersonalAi.Memory;
using PersonalAi.Memory.Documents.Reading;
using PersonalAi.Memory.Documents.Reading.Mail;
using Xunit;

namespace PersonalAi.Tests.Memory.Documents.Reading.Mail;

public sealed class MailMessageTests
{
    private const string Mixed = """
        From: =?utf-8?Q?J=C3=BCrg?= Meier <jurg@example.org>
        To: ada@example.org,
          eva@example.org
        Subject: =?iso-8859-1?B?R3L832U=?=
         =?utf-8?Q?_from?= Rome
        Date: Tue, 5 Mar 2024 10:00:00 +0100
        Message-ID: <a1@example.org>
        In-Reply-To: <b2@example.org>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="out"

        This part is for old programs.
        --out
        Content-Type: multipart/alternative; boundary=in

        --in
        Content-Type: text/html

        <p>Not <b>this</b></p>
        --in
        Content-Type: text/plain; charset=iso-8859-1
        Content-Transfer-Encoding: quoted-printable

        Gr=FC=DFe, a long =
        line.
        --in--
        --out
        Content-Type: application/pdf
        Content-Disposition: attachment; filename*0*=utf-8''Rechnung%20; filename*1*=M%C3%A4rz.pdf

        JVBERi0=
        --out
        Content-Type: message/rfc822

        From: eva@example.org
        Subject: Inner

        Within.
        --out--
        after
        """;

    [Fact]
    public void A_mail_with_parts_is_read_as_people_read_it()
    {
        var mail = Read(Mixed.ReplaceLineEndings("\r\n"));

        Assert.Equal(
            ("Jürg Meier <jurg@example.org>", "ada@example.org, eva@example.org", "Grüße from Rome", "a1@example.org", "b2@example.org"),
            (mail.From, mail.To, mail.Subject, mail.Id, mail.InReplyTo));
        Assert.Equal(new DateTimeOffset(2024, 3, 5, 10, 0, 0, TimeSpan.FromHours(1)), mail.Date);
        Assert.Equal("Grüße, a long line.\n\nFrom: eva@example.org\nSubject: Inner\n\nWithin.", mail.Text);
        Assert.Equal(["Rechnung März.pdf"], mail.Attachments);
    }

    [Fact]
    public async Task A_mail_is_a_document_whose_heading_says_who_wrote_it()
    {
        var document = await Reading.OfAsync("trip.eml", Mixed);

        var chunk = Assert.Single(Chunker.Cut(document, new()));

        Assert.Equal(("message/rfc822", "Grüße from Rome", "Jürg Meier <jurg@example.org>"), (document.MediaType, document.Title, document.Author));
        Assert.Equal("Grüße from Rome, from Jürg Meier <jurg@example.org>, to ada@example.org, eva@example.org, 2024-03-05", chunk.Heading);
        Assert.Equal(("trip.eml:1-8", "[attachment: Rechnung März.pdf]"), (document.Cite(chunk), chunk.Text.Split('\n')[^1]));
    }

    [Fact]
    public void HTML_alone_is_read_through_its_words() =>
        Assert.Equal("To Rome\n\nBye", Read("Content-Type: text/html\n\n<script>no</script><p>To <b>Rome</b></p><p>Bye</p>").Text.TrimEnd());

    [Fact]
    public void HTML_that_cannot_be_read_does_not_take_the_mail_with_it() =>
        Assert.Equal("(Could not read 'a.eml': its tags are nested more than 4,096 deep.)", Read($"Content-Type: text/html\n\n{string.Concat(Enumerable.Repeat("<div>", 5000))}").Text);

    [Fact]
    public void Base64_with_rubbish_and_a_cut_end_gives_what_it_holds() =>
        Assert.Equal("Hello, world", Read("Content-Transfer-Encoding: base64\nContent-Type: text/plain\n\nSGVs!bG8s\n IHdvcmxk*\nIQ").Text[..12]);

    [Fact]
    public void Parts_that_are_nested_without_end_are_read_to_a_depth()
    {
        var text = new StringBuilder("Subject: deep\n");
        for (var depth = 0; depth < 10_000; depth++)
        {
            text.Append("Content-Type: message/rfc822\n\n");
        }

        var mail = Read(text.Append("Subject: never").ToString());

        Assert.Equal("deep", mail.Subject);
    }

    [Fact]
    public void A_hundred_thousand_parts_are_read_to_a_number()
    {
        var parts = string.Concat(Enumerable.Repeat("--x\n\nword\n", 100_000));

        var mail = Read($"Content-Type: multipart/mixed; boundary=x\n\n{parts}");

        Assert.Equal(1000, mail.Text.Split("word").Length - 1);
    }

    [Fact]
    public void What_has_no_headers_is_refused()
    {
        var error = Assert.Throws<MemoryException>(() => Read("Dear Ada,\nno headers here"));

        Assert.Equal((MemoryError.Invalid, "Could not read 'a.eml': it does not begin with mail headers."), (error.Error, error.Message));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=?UTF-8?q?a_b=2C?= c", "a b, c")]
    [InlineData("=?utf-8?B?w6Q=?= =?utf-8?B?w7Y=?=", "äö")]
    [InlineData("=?utf-8?B?ww==?= =?utf-8?B?pA==?=", "ä")]
    [InlineData("=?utf-8*de?Q?=C3=A4?=", "ä")]
    [InlineData("=?nonsense?Q?=E4?=", "ä")]
    [InlineData("=?utf-8?X?a?= =?broken", "=?utf-8?X?a?= =?broken")]
    public void Encoded_words_are_undone(string header, string text) => Assert.Equal(text, EncodedWords.Decode(header));

    [Theory]
    [InlineData("Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T15:55:06Z")]
    [InlineData("21 Nov 97 09:55 GMT", "1997-11-21T09:55:00Z")]
    [InlineData("Thu, 13 Feb 1969 23:32:54 -0330 (Newfoundland)", "1969-02-14T03:02:54Z")]
    [InlineData("1 Jan 2024 00:00:60 EST", "2024-01-01T05:00:59Z")]
    [InlineData("Tue, 31 Feb 2024 10:00:00 +0000", null)]
    [InlineData("Tue, 5 Mar 2024 10:00:00 +9999", null)]
    [InlineData("yesterday", null)]
    [InlineData(null, null)]
    public void Dates_are_read(string? header, string? moment) =>
        Assert.Equal(moment, MailDate.Parse(header)?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));

    private static MailMessage Read(string text) => MailMessage.Read("a.eml", Encoding.UTF8.GetBytes(text));
}
