using System.IO.Compression;
using PersonalAi.Assistant;
using PersonalAi.Assistant.Bench.Routing;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Bench.Routing;

public sealed class OutcomeFileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_table_is_read_packed_or_not(bool packed)
    {
        // Line breaks and quotes within quotes, a byte-order mark, an index before the prompt, and responses behind.
        var file = Write("\uFEFF,prompt,small/model,big/model,small_response\r\n0,\"A \"\"quoted\"\"\r\nprompt, of two lines\",True,False,\"x\ny\"\r\n" + Rows(120, "1,{0},False,True,no\r\n"), packed);

        var table = OutcomeFile.Read(file);

        Assert.Equal(("small/model", "big/model", 121, false), (table.Weak, table.Strong, table.Rows.Length, table.IsSwapped));
        Assert.Equal(new Outcome("A \"quoted\"\r\nprompt, of two lines", 1, 0), table.Rows[0]);
        Assert.Equal((1 / 121.0, 120 / 121.0), (table.WeakQuality, table.StrongQuality));
    }

    [Fact]
    public void The_better_model_is_the_strong_one_wherever_it_stands()
    {
        var table = OutcomeFile.Read(Write("Prompt,best,worst\n" + Rows(100, "{0},1,0.25\n")));

        Assert.Equal(("worst", "best", true), (table.Weak, table.Strong, table.IsSwapped));
        Assert.Equal(new Outcome("0", 0.25, 1), table.Rows[0]);
    }

    [Theory]
    [InlineData("", "The file '{0}' has no column 'prompt' with the outcomes of two models after it: its first line must be 'prompt,WEAK,STRONG'.")]
    [InlineData("question,a,b\nx,True,False\n", "The file '{0}' has no column 'prompt' with the outcomes of two models after it: its first line must be 'prompt,WEAK,STRONG'.")]
    [InlineData("prompt,a\nx,True\n", "The file '{0}' has no column 'prompt' with the outcomes of two models after it: its first line must be 'prompt,WEAK,STRONG'.")]
    [InlineData("prompt,a,b\nx,True,False\ny,maybe,True\n", "Record 2 of '{0}' has 'maybe' for 'a', which takes True, False, or a number from 0 to 1.")]
    [InlineData("prompt,a,b\nx,True,7\n", "Record 1 of '{0}' has '7' for 'b', which takes True, False, or a number from 0 to 1.")]
    [InlineData("prompt,a,b\nx,True\n", "Record 1 of '{0}' has '' for 'b', which takes True, False, or a number from 0 to 1.")]
    [InlineData("prompt,a,b\n\"x,True,False\ny,True,True\n", "Record 1 of '{0}' has '' for 'a', which takes True, False, or a number from 0 to 1.")]
    [InlineData("prompt,a,b\nx,True,False\n", "The file '{0}' has 1 rows, from which nothing can be told: give a table of at least 100.")]
    public void A_table_of_another_form_is_refused(string text, string message)
    {
        var file = Write(text);

        var refusal = Assert.Throws<UsageException>(() => OutcomeFile.Read(file));

        Assert.Equal(message.Replace("{0}", file, StringComparison.Ordinal), refusal.Message);
    }

    [Fact]
    public void Models_that_are_right_equally_often_are_refused()
    {
        var file = Write("prompt,a,b\n" + Rows(50, "{0},True,False\n") + Rows(50, "{0},False,True\n"));

        var refusal = Assert.Throws<UsageException>(() => OutcomeFile.Read(file));

        Assert.Equal($"Both models of '{file}' are right equally often, so no router can win anything by asking the one for the other: give a table of unequal ones.", refusal.Message);
    }

    [Fact]
    public void What_is_absent_or_cannot_be_unpacked_is_refused()
    {
        var broken = _folder["broken.csv.gz"];
        File.WriteAllBytes(broken, [0x1F, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);

        Assert.Equal($"There is no file '{_folder["none.csv"]}': check the path.", Assert.Throws<UsageException>(() => OutcomeFile.Read(_folder["none.csv"])).Message);
        Assert.StartsWith($"The file '{broken}' cannot be read (", Assert.Throws<UsageException>(() => OutcomeFile.Read(broken)).Message, StringComparison.Ordinal);
        Assert.StartsWith($"The file '{_folder.Path}' cannot be read (", Assert.Throws<UsageException>(() => OutcomeFile.Read(_folder.Path)).Message, StringComparison.Ordinal);
    }

    private static string Rows(int count, string form) => string.Concat(Enumerable.Range(0, count).Select(number => form.Replace("{0}", $"{number}", StringComparison.Ordinal)));

    private string Write(string text, bool packed = false)
    {
        var path = _folder[packed ? "table.csv.gz" : "table.csv"];
        using var file = File.Create(path);
        using var stream = packed ? new GZipStream(file, CompressionLevel.Fastest) : (Stream)file;
        stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
        return path;
    }
}
