using PersonalAi.Memory.Conversations;
using Xunit;

namespace PersonalAi.Tests.Memory.Conversations;

public sealed class SnippetTests
{
    private static readonly string Long = string.Concat(Enumerable.Repeat("😀 0123456789 ", 100));

    [Fact]
    public void Marks_part_a_passage() => Assert.Equal(
        [new("a", true), new(" b ", false), new("c", true), new(" d", false)], Snippet.FromMarked("\u0002a\u0003 b \u0002c\u0003 d"));

    [Fact]
    public void A_long_text_is_shown_around_the_first_term_that_stands_in_it()
    {
        var parts = Snippet.FromLong($"{Long}NEEDLE {Long}haystack", ["absent", "haystack", "need*"]);

        Assert.Equal([false, true, false], parts.Select(part => part.IsMatch));
        Assert.Equal("NEED", parts[1].Text);
        Assert.Equal($"…{Long[^60..]}", parts[0].Text);
        Assert.StartsWith("LE 😀 0123456789", parts[2].Text, StringComparison.Ordinal);
        Assert.EndsWith("…", parts[2].Text, StringComparison.Ordinal);
        Assert.InRange(parts[2].Text.Length, 120, 121);
    }

    [Fact]
    public void A_long_text_without_the_term_as_typed_is_shown_from_its_beginning() => Assert.Equal(
        [new("😀 0123456789 😀 0123456789 ", false)], Snippet.FromLong("😀 0123456789 😀 0123456789 ", ["absent"]));
}
