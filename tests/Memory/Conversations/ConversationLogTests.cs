using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using Xunit;

namespace PersonalAi.Tests.Memory.Conversations;

public sealed class ConversationLogTests : MemoryTest
{
    private MemoryDatabase _database = null!;
    private ConversationLog _log = null!;
    private Session _session = null!;

    public override async ValueTask InitializeAsync()
    {
        _database = await OpenAsync();
        _log = Log(_database);
        _session = await Sessions(_database).CreateAsync(Settings, cancellationToken: Stop);
    }

    [Fact]
    public async Task A_turn_is_there_before_it_is_answered()
    {
        var turn = await BeginAsync("What is the capital of France?");

        await using var other = await OpenAsync();
        Assert.Equal(
            [new Turn(turn.Id, _session.Id, null, "What is the capital of France?", "llama/starter", Time.GetUtcNow())],
            await Log(other).PathAsync(_session.Id, Stop));
        var session = await Sessions(other).GetAsync(_session.Id, Stop);
        Assert.Equal(_session with { Title = "What is the capital of France?", Head = turn.Id, TurnCount = 1 }, session);
    }

    [Fact]
    public async Task A_finished_turn_says_what_it_cost()
    {
        var turn = await BeginAsync("Hello");
        var outcome = new TurnOutcome(TurnStatus.Complete)
        {
            FinishReason = "stop",
            Snapshot = "b1-tinyllama",
            Usage = new TurnUsage(120, 100, 7),
            Timings = new TurnTimings(
                TimeSpan.FromMilliseconds(312.5), TimeSpan.FromMilliseconds(200.25), TimeSpan.FromMilliseconds(512.75), TimeSpan.FromSeconds(2)),
        };
        Time.Advance(TimeSpan.FromSeconds(2));

        var finished = await _log.FinishTurnAsync(turn.Id, "Hi.", outcome, Stop);

        Assert.Equal(turn with { Answer = "Hi.", Outcome = outcome, FinishedAt = Time.GetUtcNow() }, finished);
        Assert.Equal([finished], await _log.PathAsync(_session.Id, Stop));
    }

    [Fact]
    public async Task What_tools_did_is_there_before_the_model_goes_on()
    {
        var turn = await BeginAsync("What time is it?");
        var tools = new TurnTools
        {
            Described = ["current_time"],
            Notes = "Tools:\n- current_time()\n\n",
            Rounds = [new ToolRound("I look at the clock.\nCALL {}", 0, [new ToolUse("1", "current_time", "{}", "succeeded", "12:00") { Reason = "it only reads", Origin = "the clock" }])],
            Lead = "CALL none\n",
        };

        await _log.SaveToolsAsync(turn.Id, tools, ["the clock", "the page \"x\""], Stop);

        await using var other = await OpenAsync();
        var stored = Assert.Single(await Log(other).PathAsync(_session.Id, Stop));
        Assert.Equivalent(tools, stored.Tools, strict: true);
        Assert.Equal(["the clock", "the page \"x\""], stored.Origins);
        await _log.FinishTurnAsync(turn.Id, "Noon.", new TurnOutcome(TurnStatus.Complete), Stop);
        await RefusalAsync(() => _log.SaveToolsAsync(turn.Id, null, [], Stop));
    }

    [Fact]
    public async Task A_failed_turn_keeps_what_came_and_why()
    {
        var turn = await BeginAsync("Hello");
        await _log.SaveAnswerAsync(turn.Id, "Hi the", Stop);

        var finished = await _log.FinishTurnAsync(turn.Id, "Hi there", new TurnOutcome(TurnStatus.Failed) { Error = "The engine stopped." }, Stop);

        Assert.Equal(("Hi there", TurnStatus.Failed, "The engine stopped."), (finished.Answer, finished.Outcome.Status, finished.Outcome.Error));
    }

    [Fact]
    public async Task A_turn_that_has_ended_is_not_changed_any_more()
    {
        var turn = await ExchangeAsync(_database, _session.Id, "Hello", "Hi.");
        Func<Task>[] actions =
        [
            () => _log.SaveAnswerAsync(turn.Id, "Other", Stop),
            () => _log.FinishTurnAsync(turn.Id, "Other", new TurnOutcome(TurnStatus.Cancelled), Stop),
        ];

        var refusals = await Task.WhenAll(actions.Select(RefusalAsync));

        Assert.All(refusals, refusal => Assert.Equal(
            (MemoryError.Invalid, $"The turn '{turn.Id}' has ended (complete) and is not changed any more; begin another."), refusal));
        Assert.Equal([turn], await _log.PathAsync(_session.Id, Stop));
    }

    [Fact]
    public async Task A_path_goes_from_the_root_to_the_head()
    {
        var turns = new List<Turn>();
        for (var number = 1; number <= 5; number++)
        {
            turns.Add(await ExchangeAsync(_database, _session.Id, $"Question {number}", $"Answer {number}"));
        }

        Assert.Equal(turns, await _log.PathAsync(_session.Id, Stop));
        Assert.Equal([null, .. turns.SkipLast(1).Select(turn => (TurnId?)turn.Id)], turns.Select(turn => turn.Parent));
    }

    [Fact]
    public async Task Undo_moves_the_head_and_what_follows_starts_a_branch()
    {
        var first = await ExchangeAsync(_database, _session.Id, "First", "One.");
        var second = await ExchangeAsync(_database, _session.Id, "Second", "Two.");

        await _log.MoveHeadAsync(_session.Id, second.Parent, Stop);
        var other = await ExchangeAsync(_database, _session.Id, "Other", "Else.");

        Assert.Equal([first, other], await _log.PathAsync(_session.Id, Stop));
        Assert.Equal([first, second, other], await _log.TurnsAsync(_session.Id, Stop).ToListAsync(Stop));
        await _log.MoveHeadAsync(_session.Id, second.Id, Stop);
        Assert.Equal([first, second], await _log.PathAsync(_session.Id, Stop));
    }

    [Fact]
    public async Task Undoing_the_first_turn_leaves_an_empty_path()
    {
        var first = await ExchangeAsync(_database, _session.Id, "First", "One.");

        var session = await _log.MoveHeadAsync(_session.Id, first.Parent, Stop);

        Assert.Equal((null, 1), (session.Head, session.TurnCount));
        Assert.Empty(await _log.PathAsync(_session.Id, Stop));
    }

    [Fact]
    public async Task A_retry_is_a_sibling_of_the_turn_it_replaces()
    {
        var first = await ExchangeAsync(_database, _session.Id, "First", "One.");
        var second = await ExchangeAsync(_database, _session.Id, "Second", "Two.");

        var retried = await _log.BeginTurnAsync(new NewTurn(_session.Id, "Second", "llama/other") { InsteadOf = second.Id }, Stop);
        var fromTheStart = await _log.BeginTurnAsync(new NewTurn(_session.Id, "First", "llama/other") { InsteadOf = first.Id }, Stop);

        Assert.Equal((first.Id, null), (retried.Parent, fromTheStart.Parent));
        Assert.Equal([fromTheStart], await _log.PathAsync(_session.Id, Stop));
        Assert.Equal([first, second, retried, fromTheStart], await _log.TurnsAsync(_session.Id, Stop).ToListAsync(Stop));
    }

    [Fact]
    public async Task A_turn_of_another_session_is_no_place_to_go()
    {
        var other = await Sessions(_database).CreateAsync(Settings, cancellationToken: Stop);
        var turn = await ExchangeAsync(_database, other.Id, "Elsewhere", "There.");
        Func<Task>[] actions =
        [
            () => _log.MoveHeadAsync(_session.Id, turn.Id, Stop),
            () => _log.BeginTurnAsync(new NewTurn(_session.Id, "Again", "llama/starter") { InsteadOf = turn.Id }, Stop),
            () => _log.AddSummaryAsync(_session.Id, new Summary(turn.Id, "Short", 2), Stop),
        ];

        var refusals = await Task.WhenAll(actions.Select(RefusalAsync));

        Assert.All(refusals, refusal => Assert.Equal(
            (MemoryError.NotFound, $"The session '{_session.Id}' has no turn '{turn.Id}'; show the session to choose one."), refusal));
    }

    [Fact]
    public async Task The_summary_that_covers_most_of_the_path_counts()
    {
        var first = await ExchangeAsync(_database, _session.Id, "First", "One.");
        var second = await ExchangeAsync(_database, _session.Id, "Second", "Two.");
        var third = await ExchangeAsync(_database, _session.Id, "Third", "Three.");
        Summary older = new(first.Id, "One.", 3), redone = new(first.Id, "One!", 4), newer = new(second.Id, "One and two.", 6);

        Assert.Null(await _log.LatestSummaryAsync(_session.Id, Stop));
        await _log.AddSummaryAsync(_session.Id, newer, Stop);
        await _log.AddSummaryAsync(_session.Id, older, Stop);
        await _log.AddSummaryAsync(_session.Id, redone, Stop);

        Assert.Equal(newer, await _log.LatestSummaryAsync(_session.Id, Stop));
        await _log.MoveHeadAsync(_session.Id, first.Id, Stop);
        Assert.Equal(redone, await _log.LatestSummaryAsync(_session.Id, Stop));
        Assert.Equal([first, second, third], await _log.TurnsAsync(_session.Id, Stop).ToListAsync(Stop));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("nul \0 in the middle and at the end\0")]
    [InlineData("Zürich 東京 \u202e עברית 👨‍👩‍👧‍👦 e\u0301 \ufeff \uffff \u0001\u001b[31m")]
    [InlineData("line\r\nline\n\n\rtail \t")]
    public async Task A_text_is_read_back_as_it_was_given(string text)
    {
        var turn = await ExchangeAsync(_database, _session.Id, text, text);

        Assert.Equal((text, text), (turn.Prompt, turn.Answer));
    }

    [Fact]
    public async Task A_lone_surrogate_becomes_the_replacement_character()
    {
        var turn = await ExchangeAsync(_database, _session.Id, "half \ud83d of it", "\ude00");

        Assert.Equal(("half \ufffd of it", "\ufffd"), (turn.Prompt, turn.Answer));
    }

    [Fact]
    public async Task Ten_megabytes_are_one_text_like_any_other()
    {
        var text = string.Concat(Enumerable.Repeat("Zürich 東京 0123\n", 10_000_000 / 20));

        var turn = await ExchangeAsync(_database, _session.Id, text, "Read.");

        Assert.Equal(text, turn.Prompt);
        Assert.Equal(new SnippetPart("Zürich", true), Assert.Single(await new ConversationSearch(_database).SearchAsync("Zürich", cancellationToken: Stop)).Snippet[0]);
    }

    private Task<Turn> BeginAsync(string prompt) => _log.BeginTurnAsync(new NewTurn(_session.Id, prompt, "llama/starter"), Stop);
}
