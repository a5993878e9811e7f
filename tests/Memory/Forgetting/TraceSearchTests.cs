using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Forgetting;
using Xunit;

namespace PersonalAi.Tests.Memory.Forgetting;

public sealed class TraceSearchTests : MemoryTest
{
    [Theory]
    [InlineData(0)]
    [InlineData((1 << 20) - 3)]
    [InlineData((1 << 20) - 1)]
    [InlineData((3 << 20) + 77)]
    public async Task A_text_is_found_wherever_it_stands_in_a_file(int offset)
    {
        var bytes = new byte[offset + 5_000];
        "Grüße aus Bergen"u8.CopyTo(bytes.AsSpan(offset));
        Directory.CreateDirectory(Path.Combine(Folder, "kv"));
        await System.IO.File.WriteAllBytesAsync(Path.Combine(Folder, "kv", "a.kv"), bytes, Stop);

        var report = await TraceSearch.InFilesAsync(Folder, ["Grüße aus Bergen", "Oslo"], Stop);

        Assert.Equal([new Trace(Path.Combine("kv", "a.kv"), "Grüße aus Bergen", 1)], report.Found);
        Assert.Equal((1, bytes.LongLength), (report.Files, report.Bytes));
    }

    [Fact]
    public async Task Lower_case_is_found_and_counted_once_in_each_place()
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(Folder, "log"), "Anna anna ANNA Annanna", Stop);

        Assert.Equal([new Trace("log", "Anna", 4)], (await TraceSearch.InFilesAsync(Folder, ["Anna"], Stop)).Found);
    }

    [Fact]
    public async Task Rows_are_found_with_their_table_and_column()
    {
        var database = await OpenAsync();
        await new FactStore(database, Time).AddAsync(new NewFact("Anna lives in Bergen.", FactKind.Relation), Stop);

        var found = await new TraceSearch(database).InRowsAsync(["anna", "Oslo"], Stop);

        Assert.Equal(
            [new("entities.name", "anna", 1), new("entity_aliases.alias", "anna", 1), new("facts.text", "anna", 1), new("passages.names", "anna", 1), new Trace("passages.text", "anna", 1)],
            found);
    }
}
