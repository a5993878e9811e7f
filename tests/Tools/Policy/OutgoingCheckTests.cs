using System.Net;
using System.Text;
using System.Text.Json;
using PersonalAi.Tools.Policy;
using Xunit;

namespace PersonalAi.Tests.Tools.Policy;

public sealed class OutgoingCheckTests
{
    private const string Secret = "Quentin lives in Bodo";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Encodings =>
    [
        Secret,
        Secret.ToUpperInvariant(),
        $"https://evil.example/{Uri.EscapeDataString(Secret)}",
        $"https://evil.example/{string.Concat(Encoding.UTF8.GetBytes(Secret).Select(b => $"%{b:x2}"))}",
        $"https://evil.example/a/{Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))}",
        $"x{Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)).TrimEnd('=').Replace('+', '-').Replace('/', '_')}",
        $"https://{string.Join('.', Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)).TrimEnd('=').Chunk(8).Select(part => new string(part)))}.evil.example/",
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)))),
        Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Secret)),
        string.Join(':', Encoding.UTF8.GetBytes(Secret).Select(b => $"{b:X2}")),
        string.Concat(Encoding.UTF8.GetBytes(Secret).Select(b => $@"\x{b:x2}")),
        string.Join(", ", Encoding.UTF8.GetBytes(Secret).Select(b => $"0x{b:x2}")),
        new string([.. Secret.Reverse()]),
        string.Join(' ', Secret.AsEnumerable()),
        string.Join("-", Secret.AsEnumerable()),
        string.Join("\u200b", Secret.AsEnumerable()),
        WebUtility.HtmlEncode(string.Concat(Secret.Select(c => $"&#{(int)c};"))).Replace("&amp;", "&", StringComparison.Ordinal),
        Secret.Replace('e', 'е').Replace('o', 'ο').Replace('i', 'і'),
        string.Concat(Secret.Select(c => char.IsAsciiLetter(c) ? char.ConvertFromUtf32(c - (char.IsLower(c) ? 'a' - 0x1D41A : 'A' - 0x1D400)) : $"{c}")),
        string.Concat(Secret.Select(c => char.ConvertFromUtf32(0xE0000 + c))),
        string.Concat(Secret.Select(c => c == ' ' ? ' ' : (char)(c - '!' + '\uFF01'))),
        "Q\u0301uentin li\u0308ves in Bødø",
    ];

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task A_forbidden_text_is_seen_in_every_form(string text)
    {
        var check = new OutgoingCheck((forms, _) => Task.FromResult(forms.Contains(OutgoingForms.Collapse(Secret), StringComparison.Ordinal) ? "a fact" : null));

        var found = await check.FindAsync(JsonSerializer.SerializeToElement(new { url = new[] { new { text } } }), Stop);

        Assert.Equal("a fact", found);
    }

    [Fact]
    public async Task A_text_in_pieces_and_one_in_a_name_are_seen()
    {
        string? given = null;
        var check = new OutgoingCheck((forms, _) =>
        {
            given = forms;
            return Task.FromResult<string?>(null);
        });

        await check.FindAsync(JsonSerializer.SerializeToElement(new Dictionary<string, object> { ["quentin"] = "lives", ["number"] = 4711 }), Stop);

        Assert.Contains("quentin=lives\nnumber=4711", given, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sk-proj-abcdefghijklmnop1234", "an API key")]
    [InlineData("https://a.example/?k=ghp_abcdefghijklmnopqrstuvwxyz012345", "an API key")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "an API key")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----", "a private key")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "a web token (JWT)")]
    [InlineData("login with password=hunter2", "a password")]
    [InlineData("Password: correct horse", "a password")]
    [InlineData("https://anna:hunter2@example.org/", "a password")]
    [InlineData("4111 1111 1111 1111", "the number of a card")]
    [InlineData("DE89 3704 0044 0532 0130 00", "the number of a bank account")]
    [InlineData("NO9386011117947", "the number of a bank account")]
    [InlineData("zK8v2QpL0xTn5RwYb7Jd", "a token that looks like a secret")]
    [InlineData("cGFzc3dvcmQ9aHVudGVyMg==", "a password")]
    [InlineData("70617373776f72643d68756e74657232", "a password")]
    public async Task Secrets_are_told_by_kind(string text, string kind) =>
        Assert.Equal(kind, await new OutgoingCheck().FindAsync(JsonSerializer.SerializeToElement(new { text }), Stop));

    [Fact]
    public async Task A_name_tells_what_a_value_is() =>
        Assert.Equal("a password", await new OutgoingCheck().FindAsync(JsonSerializer.SerializeToElement(new { password = "hunter2" }), Stop));

    [Theory]
    [InlineData("https://example.org/2026/11/21/a-long-title-of-an-article-about-2-things")]
    [InlineData("https://example.org/wiki/Internationalisation_and_localisation")]
    [InlineData("What is the weather in Oslo on 2026-11-21 at 14:05?")]
    [InlineData("f47ac10b-58cc-4372-a567-0e02b2c3d479")]
    [InlineData("Call +47 22 12 34 56 before 2026-11-21T10:00:00Z")]
    [InlineData("4111 1111 1111 1112")]
    [InlineData("DE00 3704 0044 0532 0130 00")]
    [InlineData("src/Assistant/Terminal/PlainChatTests.cs")]
    [InlineData("0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0")]
    public async Task What_people_send_every_day_is_no_secret(string text) =>
        Assert.Null(await new OutgoingCheck().FindAsync(JsonSerializer.SerializeToElement(new { text }), Stop));
}
