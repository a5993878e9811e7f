using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Storage;
using Xunit;

namespace PersonalAi.Tests.Memory.Conversations;

public sealed class AnswerWriterTests : MemoryTest
{
    private readonly LogLines _lines = new();
    private MemoryDatabase _database = null!;
    private ConversationLog _log = null!;
    private Turn _turn = null!;

    public override async ValueTask InitializeAsync()
    {
        _database = await OpenAsync(new DatabaseOptions { MaxPages = 100 });
        _log = new ConversationLog(_database, Time, _lines);
        var session = await Sessions(_database).CreateAsync(Settings, cancellationToken: Stop);
        _turn = await _log.BeginTurnAsync(new NewTurn(session.Id, "Tell me a story.", "llama/starter"), Stop);
    }

    [Fact]
    public async Task What_was_appended_is_committed_when_a_second_has_passed()
    {
        await using var writer = _log.WriteAnswer(_turn.Id);
        writer.Append("Once upon ");
        writer.Append("a time");
        Time.Advance(TimeSpan.FromMilliseconds(999));
        var before = await CommittedAsync();

        Time.Advance(TimeSpan.FromMilliseconds(1));
        await _lines.NextAsync(Stop);
        var after = await CommittedAsync();

        Assert.Equal(("", "Once upon a time"), (before.Answer, after.Answer));
        Assert.Equal(TurnStatus.Answering, after.Outcome.Status);
    }

    [Fact]
    public async Task Finishing_commits_the_rest_at_once()
    {
        await using var writer = _log.WriteAnswer(_turn.Id);
        writer.Append("Once upon a time");
        Time.Advance(TimeSpan.FromSeconds(1));
        await _lines.NextAsync(Stop);
        writer.Append(", the end.");

        var finished = await writer.FinishAsync(new TurnOutcome(TurnStatus.Complete) { FinishReason = "stop" }, Stop);

        Assert.Equal("Once upon a time, the end.", finished.Answer);
        Assert.Equal(finished, await CommittedAsync());
    }

    [Fact]
    public async Task A_character_in_two_pieces_comes_out_whole()
    {
        await using var writer = _log.WriteAnswer(_turn.Id);
        writer.Append("\ud83d");
        Time.Advance(TimeSpan.FromSeconds(1));
        await _lines.NextAsync(Stop);
        writer.Append("\ude00");

        var finished = await writer.FinishAsync(new TurnOutcome(TurnStatus.Complete), Stop);

        Assert.Equal("😀", finished.Answer);
    }

    [Fact]
    public async Task A_writer_that_is_left_keeps_what_came_as_interrupted()
    {
        await using (var writer = _log.WriteAnswer(_turn.Id))
        {
            writer.Append("Once upon");
        }

        var turn = await CommittedAsync();
        Assert.Equal(("Once upon", TurnStatus.Interrupted), (turn.Answer, turn.Outcome.Status));
    }

    [Fact]
    public async Task A_full_disk_is_told_at_the_end_and_not_in_the_middle()
    {
        await using var writer = _log.WriteAnswer(_turn.Id);
        writer.Append(new string('x', 1_000_000));
        Time.Advance(TimeSpan.FromSeconds(1));
        var line = await _lines.NextAsync(Stop);
        writer.Append("more");

        var refusal = await RefusalAsync(() => writer.FinishAsync(new TurnOutcome(TurnStatus.Complete), Stop));

        Assert.Equal($"Turn {_turn.Id}: the answer so far could not be committed.", line);
        Assert.Equal((MemoryError.DiskFull, $"No room is left for the database '{File}'; free some on its disk and try again."), refusal);
    }

    private async Task<Turn> CommittedAsync() => await _log.GetTurnAsync(_turn.Id, Stop);

    /// <summary>What is logged, to be waited for.</summary>
    private sealed class LogLines : ILogger<ConversationLog>
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Writer.TryWrite(formatter(state, exception));

        public ValueTask<string> NextAsync(CancellationToken cancellationToken) => _lines.Reader.ReadAsync(cancellationToken);
    }
}
