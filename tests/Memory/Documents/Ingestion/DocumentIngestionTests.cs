using System.Globalization;
using System.Text;
using PersonalAi.Memory;
using PersonalAi.Memory.Documents;
using PersonalAi.Memory.Documents.Ingestion;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Verification;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Memory.Documents.Ingestion;

public sealed class DocumentIngestionTests : MemoryTest
{
    private static readonly DateTime Earlier = new(2025, 6, 1, 12, 0, 0, DateTimeKind.Utc);

    private string Docs => Path.Combine(Folder, "docs");

    [Fact]
    public async Task A_folder_is_read_without_what_is_hidden_installed_empty_or_binary()
    {
        var guide = Write("guide.md", "# Guide\n\nBoil the egg.");
        var deep = Write("a/b/deep.txt", "Deep down.");
        var picture = Write("picture.png", "not even a picture");
        var blob = Write("blob", "\0\0\0\0\u0001\u0002\0\0");
        Write(".hidden/secret.txt", "Hidden.");
        Write(".env", "Hidden.");
        Write("node_modules/left-pad/index.js", "Installed.");
        Write("empty.txt", "");

        var (report, store) = await AddAsync();

        Assert.Equal([deep, guide], report.Added);
        Assert.Equal([deep, guide], (await store.ListAsync(Stop)).Select(document => document.Location));
        Assert.Equal(
            [(blob, $"Could not read '{blob}': it is binary, not text."), (picture, $"Could not read '{picture}': it is binary, not text.")],
            report.Skipped.Select(file => (file.Path, file.Reason.Message)));
    }

    [Fact]
    public async Task Links_are_named_and_not_followed_so_that_no_loop_is_entered()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows wants a privilege for symbolic links.");
        var file = Write("sub/a.txt", "Once.");
        var loop = Path.Combine(Docs, "sub", "loop");
        Directory.CreateSymbolicLink(loop, Docs);

        var (report, _) = await AddAsync();

        Assert.Equal([file], report.Added);
        Assert.Equal([$"Could not read '{loop}': it is a symbolic link; add what it points to."], report.Skipped.Select(skipped => skipped.Reason.Message));
    }

    [Fact]
    public async Task What_may_not_be_read_is_named_and_what_was_read_of_it_before_stays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Whoever may read everything cannot be refused.");
        var file = Write("locked/a.txt", "Once.");
        await AddAsync();
        var folder = Path.GetDirectoryName(file)!;
        SetMode(folder, UnixFileMode.None);

        var report = await SyncAsync();
        SetMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Equal([$"Could not read '{folder}': its permissions do not allow it."], report.Skipped.Select(skipped => skipped.Reason.Message));
        Assert.Empty(report.Removed);
    }

    [Fact]
    public async Task A_sync_reads_what_changed_moves_what_was_renamed_and_removes_what_is_gone()
    {
        Write("same.txt", "As it was.");
        var changed = Write("changed.txt", "Before.");
        var old = Write("old.txt", "The same words.");
        var gone = Write("gone.txt", "Soon gone.");
        var (_, store) = await AddAsync();
        var ids = (await store.ListAsync(Stop)).ToDictionary(document => document.Location, document => document.Id);
        Write("changed.txt", "Afterwards.");
        var fresh = Write("new/fresh.txt", "Fresh.");
        var moved = Path.Combine(Docs, "new", "moved.txt");
        System.IO.File.Move(old, moved);
        System.IO.File.Delete(gone);

        var report = await SyncAsync();

        Assert.Equal((1, 2), (report.Unchanged, report.Passages));
        Assert.Equal([fresh], report.Added);
        Assert.Equal([changed], report.Changed);
        Assert.Equal([(old, moved)], report.Moved);
        Assert.Equal([gone], report.Removed);
        var after = (await store.ListAsync(Stop)).ToDictionary(document => document.Location, document => (document.Id, document.Title));
        Assert.Equal((ids[changed], "changed.txt"), after[changed]);
        Assert.Equal((ids[old], "moved.txt"), after[moved]);
        Assert.Equal(["Afterwards."], (await store.ChunksAsync(ids[changed], Stop)).Select(chunk => chunk.Text));
    }

    [Fact]
    public async Task A_file_of_the_same_size_and_time_is_not_opened_unless_all_are_verified()
    {
        var file = Write("a.txt", "one");
        await AddAsync();
        Write("a.txt", "two");

        var quick = await SyncAsync();
        var thorough = await SyncAsync(verify: true);

        Assert.Equal((1, 0), (quick.Unchanged, quick.Changed.Count));
        Assert.Equal([file], thorough.Changed);
    }

    [Fact]
    public async Task A_file_that_was_written_to_just_now_is_compared_by_its_content()
    {
        var file = Write("a.txt", "one", Time.GetUtcNow().UtcDateTime);
        await AddAsync();
        Write("a.txt", "two", Time.GetUtcNow().UtcDateTime);

        Assert.Equal([file], (await SyncAsync()).Changed);
    }

    [Fact]
    public async Task A_file_that_was_taken_out_of_a_folder_stays_out_until_it_is_added_again()
    {
        Write("a.txt", "one");
        var file = Write("b.txt", "two");
        var (_, store) = await AddAsync();
        var watched = new WatchedPaths(await OpenAsync(), Time);
        await watched.LeaveOutAsync(file, Stop);
        await store.RemoveAsync((await store.FindAsync(file, Stop)).Select(document => document.Id), Stop);

        var without = await SyncAsync();
        await (await IngestionAsync()).AddAsync([file], cancellationToken: Stop);
        var with = await SyncAsync();

        Assert.Equal((1, 0), (without.Unchanged, without.Added.Count));
        Assert.Equal((2, 0), (with.Unchanged, with.Added.Count));
        Assert.Empty(await watched.ExcludedAsync(Stop));
    }

    [Theory]
    [InlineData("page.url", "[InternetShortcut]\r\nURL=https://example.org/a?b=c\r\n", "https://example.org/a?b=c")]
    [InlineData("page.webloc", "<plist><dict><key>URL</key><string>https://example.org/</string></dict></plist>", "https://example.org/")]
    [InlineData("page.txt", "  https://example.org/x \n", "https://example.org/x")]
    public async Task An_address_is_not_fetched(string name, string content, string address)
    {
        var file = Write(name, content);

        var (report, _) = await AddAsync();

        var skipped = Assert.Single(report.Skipped);
        Assert.Equal(
            (MemoryError.NeedsConsent,
                $"'{file}' holds nothing but the address '{address}', and fetching it would need your consent, which this version cannot ask for: nothing was fetched; save the page and add its file."),
            (skipped.Reason.Error, skipped.Reason.Message));
    }

    [Fact]
    public async Task A_citation_names_the_lines_of_the_file()
    {
        var lines = Enumerable.Range(1, 400).Select(line => line % 40 == 1 ? $"# Part {line}" : line % 7 == 0 ? "" : $"Line {line} speaks of number {line * 31}.").ToArray();
        var file = Write("guide.md", string.Join('\n', lines));
        var (_, store) = await AddAsync();

        var chunks = await store.ChunksAsync((await store.FindAsync(file, Stop))[0].Id, Stop);

        Assert.True(chunks.Count > 10, $"Only {chunks.Count} chunks.");
        Assert.All(chunks, chunk =>
        {
            Assert.Equal($"guide.md:{chunk.First}-{chunk.Last}", chunk.Citation);
            Assert.Equal(string.Join('\n', lines[(chunk.First!.Value - 1)..chunk.Last!.Value]).Trim(), chunk.Text.Trim());
        });
    }

    [Fact]
    public async Task A_removed_document_leaves_no_passage_vector_or_word_behind()
    {
        Write("a.md", "# Zebra\n\nThe zebra of Anna Karlsson eats hay.");
        var (_, store) = await AddAsync();
        var database = await OpenAsync();
        await new MemoryIndexer(database, Time).EmbedAsync(HashEmbeddings.Embedder, cancellationToken: Stop);

        var removed = await store.RemoveAsync((await store.ListAsync(Stop)).Select(document => document.Id), Stop);

        Assert.Equal([(1, 1)], removed.Select(document => (document.Document.Chunks, document.Vectors)));
        Assert.Equal("0 0 0 0 0 0", Text(File,
            """
            select (select count(*) from passages) || ' ' || (select count(*) from passage_search where passage_search match 'zebra') || ' ' || (select count(*) from passage_names where passage_names match 'Karlsson')
                || ' ' || (select count(*) from vectors_1_rowids) || ' ' || (select count(*) from vector_codes) || ' ' || (select count(*) from entities)
            """));
        Assert.Empty(await new MemoryVerification(database).VerifyAsync(Stop));
    }

    [Fact]
    public async Task Two_thousand_files_are_stored_and_found_and_cost_a_look_the_next_time()
    {
        for (var number = 0; number < 2000; number++)
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"{number / 100}/note{number}.txt"), $"Note {number} says that item{number} costs {number} crowns.");
        }

        var (report, _) = await AddAsync();
        var again = await SyncAsync();

        Assert.Equal((2000, 2000, 0), (report.Added.Count, report.Passages, report.Skipped.Count));
        Assert.Equal((2000, 0), (again.Unchanged, again.Passages));
        var hits = await new MemorySearch(await OpenAsync(), Time).SearchAsync(new MemoryQuery("What does item1234 cost?") { Limit = 1 }, embedder: null, Stop);
        Assert.Equal(["note1234.txt:1"], hits.Select(hit => hit.Passage.Citation));
    }

    [Fact]
    public async Task Who_stops_keeps_what_was_read()
    {
        for (var number = 10; number < 30; number++)
        {
            Write($"{number}.txt", $"Note {number}.");
        }

        using var stop = new CancellationTokenSource();
        var progress = new CancelAt(10, stop);
        var ingestion = await IngestionAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ingestion.AddAsync([Docs], progress, stop.Token));
        var rest = await SyncAsync();

        Assert.Equal((10, 10), (rest.Unchanged, rest.Added.Count));
    }

    [Fact]
    public async Task Whoever_is_killed_goes_on_where_it_was()
    {
        for (var number = 0; number < 400; number++)
        {
            Write($"note{number}.md", $"# Note {number}\n\nItem {number} costs {number} crowns.");
        }

        using (var child = MemoryChild.Start(IngestionChild.Name, Folder))
        {
            // Behind the third batch.
            for (var line = 0; line < 200; line++)
            {
                await child.NextLineAsync(Stop);
            }

            await child.KillAsync(Stop);
        }

        var database = await OpenAsync();
        var before = (await new DocumentStore(database, Time).ListAsync(Stop)).Count;
        var damage = await new MemoryVerification(database).VerifyAsync(Stop);
        var report = await SyncAsync();

        Assert.Empty(damage);
        Assert.InRange(before, 128, 399);
        Assert.Equal((before, 400 - before), (report.Unchanged, report.Added.Count));
        Assert.Empty(await new MemoryVerification(database).VerifyAsync(Stop));
    }

    [Fact]
    public async Task Standard_input_is_a_document_of_the_name_it_is_given()
    {
        var ingestion = await IngestionAsync();

        await ingestion.AddAsync(new MemoryStream("# First"u8.ToArray()), "notes.md", Stop);
        await ingestion.AddAsync(new MemoryStream(Encoding.UTF8.GetBytes("# Second\n\nMore.")), "notes.md", Stop);
        var report = await SyncAsync();

        var store = new DocumentStore(await OpenAsync(), Time);
        var document = Assert.Single(await store.ListAsync(Stop));
        Assert.Equal(("input:/notes.md", "text/markdown", 0), (document.Location, document.MediaType, report.Removed.Count));
        Assert.Equal(["notes.md:1-3"], (await store.ChunksAsync(document.Id, Stop)).Select(chunk => chunk.Citation));
    }

    private static void SetMode(string folder, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(folder, mode);
        }
    }

    private string Write(string name, string text, DateTime? modified = null)
    {
        var path = Path.Combine(Docs, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        System.IO.File.SetLastWriteTimeUtc(path, modified ?? Earlier);
        return path;
    }

    private async Task<DocumentIngestion> IngestionAsync()
    {
        var database = await OpenAsync();
        return new DocumentIngestion(new DocumentStore(database, Time), new WatchedPaths(database, Time), Time);
    }

    private async Task<(IngestionReport Report, DocumentStore Store)> AddAsync()
    {
        var report = await (await IngestionAsync()).AddAsync([Docs], cancellationToken: Stop);
        return (report, new DocumentStore(await OpenAsync(), Time));
    }

    private async Task<IngestionReport> SyncAsync(bool verify = false) => await (await IngestionAsync()).SyncAsync(verify, cancellationToken: Stop);

    private sealed class CancelAt(int files, CancellationTokenSource source) : IProgress<IngestionProgress>
    {
        public void Report(IngestionProgress value)
        {
            if (value.Files == files)
            {
                source.Cancel();
            }
        }
    }
}
