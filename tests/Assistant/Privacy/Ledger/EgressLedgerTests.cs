using System.Security.Cryptography;
using System.Text;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Assistant.Privacy.Ledger;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Privacy.Ledger;

public sealed class EgressLedgerTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly ScratchFolder _scratch = new();
    private readonly DataFolder _folder;
    private readonly ManualTime _time = new(Noon);
    private readonly EgressLedger _ledger;

    public EgressLedgerTests()
    {
        _folder = new DataFolder(_scratch["data"]);
        _ledger = new EgressLedger(_folder, _time);
    }

    [Fact]
    public async Task Entries_are_numbered_dated_and_chained()
    {
        var first = await AppendAsync("one");
        var second = await AppendAsync("two");

        Assert.Equal((1, Noon, EgressLedger.Beginning), (first.Number, first.At, first.Previous));
        Assert.Equal((2, first.Hash), (second.Number, second.Previous));
        Assert.Equal(new[] { first, second }, (await CheckAsync()).Entries);
        Assert.True((await CheckAsync()).IsWhole);
    }

    [Fact]
    public async Task Nobody_needs_this_program_to_check_a_line()
    {
        await AppendAsync("one");

        var line = Assert.Single(await File.ReadAllLinesAsync(_folder.Ledger, TestContext.Current.CancellationToken));

        var cut = line.LastIndexOf(",\"hash\":", StringComparison.Ordinal);
        Assert.Equal($",\"hash\":\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line[..cut] + "}")))}\"}}", line[cut..]);
    }

    [Fact]
    public async Task What_never_was_written_is_whole()
    {
        var check = await CheckAsync();

        Assert.Equal((0, 0, null), (check.Entries.Count, check.Torn, check.Fault));
    }

    [Fact]
    public async Task An_edit_of_any_byte_is_found()
    {
        await AppendAsync("one");
        await AppendAsync("two");
        await AppendAsync("three");
        var bytes = await File.ReadAllBytesAsync(_folder.Ledger, TestContext.Current.CancellationToken);

        for (var place = 0; place < bytes.Length; place += 7)
        {
            var edited = (byte[])bytes.Clone();
            edited[place] = edited[place] == (byte)'x' ? (byte)'y' : (byte)'x';
            await File.WriteAllBytesAsync(_folder.Ledger, edited, TestContext.Current.CancellationToken);

            Assert.False((await CheckAsync()).IsWhole, $"byte {place}");
        }
    }

    [Theory]
    [InlineData(0, "Entry 1 was changed or removed: line 1 holds entry 2, which does not follow what stands before it.")]
    [InlineData(1, "Entry 2 was changed or removed: line 2 holds entry 3, which does not follow what stands before it.")]
    [InlineData(2, "Entry 3 is missing at the end, or changed.")]
    public async Task A_line_that_was_taken_out_is_missed(int line, string fault)
    {
        await AppendAsync("one");
        await AppendAsync("two");
        await AppendAsync("three");

        await EditAsync(lines => lines.RemoveAt(line));

        Assert.Equal(fault, (await CheckAsync()).Fault);
    }

    [Fact]
    public async Task A_line_that_was_written_anew_with_a_hash_of_its_own_does_not_fit()
    {
        await AppendAsync("one");
        await AppendAsync("two");

        await EditAsync(lines => lines[0] = LedgerLine.Write(LedgerLine.Read(lines[0])! with { Destination = "https://other.example" }).Line);

        Assert.Equal("Entry 2 was changed or removed: line 2 holds entry 2, which does not follow what stands before it.", (await CheckAsync()).Fault);
    }

    [Fact]
    public async Task A_ledger_that_was_deleted_is_missed()
    {
        await AppendAsync("one");
        await AppendAsync("two");

        File.Delete(_folder.Ledger);

        Assert.Equal("Entries 1 to 2 are missing at the end, or changed.", (await CheckAsync()).Fault);
    }

    [Fact]
    public async Task Without_the_file_that_names_the_last_entry_an_end_could_be_missing()
    {
        await AppendAsync("one");
        await AppendAsync("two");

        File.Delete(_folder.LedgerHead);

        Assert.Equal("The file 'egress.head', which names the last entry, is missing or damaged.", (await CheckAsync()).Fault);
    }

    [Fact]
    public async Task The_chain_goes_on_after_a_line_that_a_crash_cut_off()
    {
        await AppendAsync("one");
        await File.AppendAllTextAsync(_folder.Ledger, "{\"number\":2,\"at\":\"20", TestContext.Current.CancellationToken);

        await AppendAsync("two");

        var check = await CheckAsync();
        Assert.Equal((2, 1, null), (check.Entries.Count, check.Torn, check.Fault));
    }

    [Fact]
    public async Task A_crash_between_an_entry_and_the_file_that_names_it_is_no_fault()
    {
        await AppendAsync("one");
        var head = await File.ReadAllTextAsync(_folder.LedgerHead, TestContext.Current.CancellationToken);
        await AppendAsync("two");

        await File.WriteAllTextAsync(_folder.LedgerHead, head, TestContext.Current.CancellationToken);

        Assert.True((await CheckAsync()).IsWhole);
    }

    [Fact]
    public async Task Several_writers_make_one_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var count = 0; count < 5; count++)
            {
                await new EgressLedger(_folder, TimeProvider.System).AppendAsync(Entry($"writer {writer}"));
            }
        })));

        var check = await CheckAsync();
        Assert.Equal((40, 0, null), (check.Entries.Count, check.Torn, check.Fault));
    }

    [Fact]
    public async Task Where_it_cannot_be_written_a_sentence_says_so()
    {
        Directory.CreateDirectory(_folder.Ledger);

        var error = await Assert.ThrowsAsync<LedgerException>(() => AppendAsync("one"));

        Assert.StartsWith($"The ledger '{_folder.Ledger}' cannot be written (", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("), and nothing leaves without an entry in it; free space or mend its permissions.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_its_owner_can_read_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
        }
        else
        {
            await AppendAsync("one");

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Ledger));
        }
    }

    public void Dispose() => _scratch.Dispose();

    private static LedgerEntry Entry(string ground) => new()
    {
        Event = LedgerEvent.Sent,
        Purpose = EgressPurpose.Web,
        Destination = "https://example.org",
        Consent = "consent",
        Ground = ground,
    };

    private Task<LedgerEntry> AppendAsync(string ground) => _ledger.AppendAsync(Entry(ground), TestContext.Current.CancellationToken);

    private Task<LedgerCheck> CheckAsync() => _ledger.CheckAsync(TestContext.Current.CancellationToken);

    private async Task EditAsync(Action<List<string>> edit)
    {
        var lines = (await File.ReadAllLinesAsync(_folder.Ledger, TestContext.Current.CancellationToken)).ToList();
        edit(lines);
        await File.WriteAllLinesAsync(_folder.Ledger, lines, TestContext.Current.CancellationToken);
    }
}
