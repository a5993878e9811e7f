using PersonalAi.Assistant.Terminal;
using Xunit;

namespace PersonalAi.Tests.Assistant.Terminal;

public sealed class TerminalTextTests
{
    public static TheoryData<string, string> Cases => new()
    {
        { "plain text, ünïcödé, 日本語, 👋🏽\n\tindented", "plain text, ünïcödé, 日本語, 👋🏽\n\tindented" },
        { "a\e[31mred\e[0m b", "ared b" },
        { "a\e[38;2;1;2;3mb\e[2J\e[?25lc", "abc" },
        { "a\u009b31mb", "ab" },
        { "a\e]0;title\ab", "ab" },
        { "a\e]52;c;ZXZpbA==\e\\b", "ab" },
        { "a\u009d8;;http://x\u009cb", "ab" },
        { "a\eP1$q\e\\b\eXs\e\\c\e^p\e\\d\e_q\e\\e", "abcde" },
        { "a\e(Bb\ecc\e7d", "abcd" },
        { "a\e\e[31mb", "ab" },
        { "a\e[31\nb", "a\nb" },
        { "a\e]never closed\nb", "a\nb" },
        { "bell\a back\b return\rnull\0 delete\u007f nel\u0085", "bell back returnnull delete nel" },
        { "windows\r\nline", "windows\nline" },
        { "\u202eevil\u202c \u2066x\u2069", "evil x" },
        { "marks \u200e\u200f stay", "marks \u200e\u200f stay" },
        { "trailing \e", "trailing " },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Only_text_reaches_the_terminal(string text, string safe) => Assert.Equal(safe, TerminalText.Sanitize(text));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Pieces_give_the_same_wherever_they_are_cut(string text, string safe)
    {
        for (var cut = 0; cut <= text.Length; cut++)
        {
            var stream = new TerminalText();

            var result = stream.Next(text.AsSpan(0, cut)) + stream.Next(text.AsSpan(cut));

            Assert.Equal(safe, result);
        }
    }
}
