using System.Globalization;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Tests.Fakes.Injections;
using Xunit;

namespace PersonalAi.Tests.Assistant.Terminal;

public sealed class TerminalInjectionTests
{
    private const string Directions = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(4096)]
    public void Nothing_of_the_corpus_moves_the_cursor_however_it_is_cut(int length)
    {
        var texts = Injection.Corpus.SelectMany(injection => injection.Carriers.Append(injection.Answer ?? ""));

        var printed = texts.Select(text => Printed(text, length));

        Assert.All(printed, text => Assert.DoesNotContain(text, IsControl));
    }

    private static string Printed(string text, int length)
    {
        var terminal = new TerminalText();
        return string.Concat(text.Chunk(length).Select(piece => terminal.Next(piece)));
    }

    private static bool IsControl(char c) =>
        (char.GetUnicodeCategory(c) == UnicodeCategory.Control && c is not ('\n' or '\t')) || Directions.Contains(c, StringComparison.Ordinal);
}
