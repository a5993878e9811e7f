using System.Text;
using PersonalAi.Memory;
using PersonalAi.Memory.Documents.Reading;
using Xunit;

namespace PersonalAi.Tests.Memory.Documents.Reading;

public sealed class TextDecoderTests
{
    private const string Words = "Grüße aus Zürich, schöne Tage";

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", true)]
    [InlineData("latin1", false)]
    public void The_encoding_is_found_out(string encoding, bool hasMark)
    {
        var writer = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. hasMark ? writer.GetPreamble() : [], .. writer.GetBytes(Words)];

        Assert.Equal(Words, TextDecoder.Decode("a.txt", bytes));
    }

    [Fact]
    public void Quotes_of_Windows_1252_are_read() => Assert.Equal("\u201CNo\u201D \u20AC5", TextDecoder.Decode("a.txt", [0x93, .. "No"u8, 0x94, .. " "u8, 0x80, .. "5"u8]));

    [Fact]
    public void One_damaged_character_does_not_spoil_the_others() =>
        Assert.Equal($"{Words}\uFFFD!", TextDecoder.Decode("a.txt", [.. Encoding.UTF8.GetBytes(Words), 0xC3, .. "!"u8]));

    [Fact]
    public void Binary_files_are_refused()
    {
        var bytes = new byte[1000];
        new Random(4).NextBytes(bytes);

        var error = Assert.Throws<MemoryException>(() => TextDecoder.Decode("photo.raw", [0x7F, .. "ELF"u8, .. new byte[50], .. bytes]));

        Assert.Equal((MemoryError.Invalid, "Could not read 'photo.raw': it is binary, not text."), (error.Error, error.Message));
    }

    [Fact]
    public void NUL_and_broken_surrogates_become_replacement_characters()
    {
        byte[] broken = [0xFF, 0xFE, (byte)'a', 0, 0x00, 0xD8, (byte)'b', 0, 0, 0, (byte)'c', 0];

        Assert.Equal("a\uFFFDb\uFFFDc", TextDecoder.Decode("a.txt", broken));
        Assert.Equal("x\uFFFDy", TextDecoder.Clean("x\uDC00y"));
        Assert.Equal("\U0001F600", TextDecoder.Clean("\U0001F600"));
    }

    [Fact]
    public void Lines_end_as_editors_see_it() =>
        Assert.Equal([new(1, "a"), new(2, "b"), new(3, ""), new(4, "c\u2028d\fe")], TextLines.Split("a\r\nb\r\rc\u2028d\fe\n"));
}
