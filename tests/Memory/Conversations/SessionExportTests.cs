using System.Text.Json;
using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using Xunit;

namespace PersonalAi.Tests.Memory.Conversations;

public sealed class SessionExportTests : MemoryTest
{
    private MemoryDatabase _database = null!;
    private Session _session = null!;

    // A branch that was left, code, an answer that was cut within it, a failure.
    public override async ValueTask InitializeAsync()
    {
        _database = await OpenAsync();
        var log = Log(_database);
        var sessions = Sessions(_database);
        var id = (await sessions.CreateAsync(Settings with { SystemPrompt = "Be brief." }, "Sorting in C", cancellationToken: Stop)).Id;
        await ExchangeAsync(_database, id, "How do I sort in C?", "With qsort:\n\n```c\nqsort(a, n, sizeof *a, compare);\n```\n");
        var left = await ExchangeAsync(_database, id, "Show compare.", "No.");
        var retried = await log.BeginTurnAsync(new NewTurn(id, "Show compare.", "llama/other") { InsteadOf = left.Id }, Stop);
        Time.Advance(TimeSpan.FromSeconds(3));
        await log.FinishTurnAsync(
            retried.Id,
            "Here — \"größer\" first 👍:\n\n```c\nint compare(const void *a",
            new TurnOutcome(TurnStatus.Cancelled)
            {
                FinishReason = "cancelled",
                Snapshot = "b1-other",
                Usage = new TurnUsage(64, 40, 17),
                Timings = new TurnTimings(TimeSpan.Zero, TimeSpan.FromMilliseconds(80.5), TimeSpan.FromMilliseconds(91), TimeSpan.FromSeconds(3)),
            },
            Stop);
        var failed = await log.BeginTurnAsync(new NewTurn(id, "Go on.", "llama/other"), Stop);
        await log.FinishTurnAsync(failed.Id, "", new TurnOutcome(TurnStatus.Failed) { Error = "The engine stopped." }, Stop);
        _session = await sessions.GetAsync(id, Stop);
    }

    [Fact]
    public async Task Markdown_shows_the_current_path()
    {
        await using var writer = new StringWriter();

        await new SessionExport(Log(_database)).WriteMarkdownAsync(_session, writer, Stop);

        GoldenFile.Matches("session.md", await WithNamesForIdsAsync(writer.ToString()));
    }

    [Fact]
    public async Task Json_lines_hold_every_turn()
    {
        await using var writer = new StringWriter();

        await new SessionExport(Log(_database)).WriteJsonLinesAsync(_session, writer, Stop);

        var lines = writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(_session.TurnCount, lines.Select(line => JsonDocument.Parse(line)).Count());
        GoldenFile.Matches("session.jsonl", await WithNamesForIdsAsync(writer.ToString()));
    }

    [Fact]
    public async Task A_session_without_a_turn_is_its_heading()
    {
        var empty = await Sessions(_database).CreateAsync(Settings, cancellationToken: Stop);
        await using var markdown = new StringWriter();
        await using var lines = new StringWriter();

        await new SessionExport(Log(_database)).WriteMarkdownAsync(empty, markdown, Stop);
        await new SessionExport(Log(_database)).WriteJsonLinesAsync(empty, lines, Stop);

        Assert.Equal(
            $"""
            # Untitled session

            - Session: {empty.Id}
            - Persona: default
            - Model: llama/starter
            - Begun: 2026-01-02 03:04:10 UTC
            - Last used: 2026-01-02 03:04:10 UTC

            """.ReplaceLineEndings("\n"),
            markdown.ToString());
        Assert.Equal("", lines.ToString());
    }

    // Ids hold random bits, which a golden file cannot.
    private async Task<string> WithNamesForIdsAsync(string text)
    {
        text = text.Replace(_session.Id.ToString(), "<session>", StringComparison.Ordinal);
        var turns = await Log(_database).TurnsAsync(_session.Id, Stop).ToListAsync(Stop);
        return turns.Index().Aggregate(text, (named, turn) => named.Replace(turn.Item.Id.ToString(), $"<turn {turn.Index + 1}>", StringComparison.Ordinal));
    }
}
