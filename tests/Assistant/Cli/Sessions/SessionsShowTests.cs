using System.Text.Json;
using PersonalAi.Memory.Conversations;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Sessions;

public sealed class SessionsShowTests : SessionsTest
{
    [Fact]
    public async Task Shows_what_was_said_on_the_current_path_and_what_it_cost()
    {
        var (session, summary) = await AddBranchedAsync();

        var result = await Pai.RunAsync("sessions", "show", session.Id.ShortForm);

        Assert.Equal(
            new PaiResult(
                0,
                $"""
                Bread?
                session:   {session.Id}
                persona:   tutor
                model:     llama/starter
                begun:     today 03:04
                last used: today 03:06
                turns:     2 shown here, 3 on 2 branches ('pai sessions export --format jsonl' has all)
                tokens:    210 read (90 of them from the cache), 34 written

                System prompt
                Be short.

                Summary that stands for the turns through {summary.Through.ShortForm} (7 tokens)
                Bread was asked for.

                You, today 03:04
                Bread?

                starter, 4 tokens in 1.5 s
                Flour.

                You, today 03:06
                And beer?

                starter
                Bar
                [stopped; what came is kept]

                """,
                ""),
            result);
    }

    [Fact]
    public async Task Sequences_for_the_terminal_are_taken_out()
    {
        var session = await AddAsync("\e[2JWipe", "\e]0;owned\aDone\e[31m.");

        var result = await Pai.RunAsync("sessions", "show", session.Id.ToString());

        Assert.DoesNotContain('\e', result.Output);
        Assert.EndsWith("\nYou, today 03:04\nWipe\n\nstarter\nDone.\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_when_a_session_is_in_the_trash()
    {
        var session = await AddAsync("One", "1");
        await Pai.RunAsync("sessions", "delete", session.Id.ToString());

        var result = await Pai.RunAsync("sessions", "show", session.Id.ToString());

        Assert.StartsWith($"One\nin the trash since today 03:05; 'pai sessions restore {session.Id.ShortForm}' takes it out\nsession: ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_one_session_with_its_turns()
    {
        var (session, summary) = await AddBranchedAsync();

        var result = await Pai.RunAsync("sessions", "show", session.Id.ToString(), "--json");

        using var json = JsonDocument.Parse(result.Output);
        var root = json.RootElement;
        Assert.Equal((session.Id.ToString(), 2), (root.GetProperty("id").GetString(), root.GetProperty("branches").GetInt32()));
        Assert.Equal(summary.Through.ToString(), root.GetProperty("summary").GetProperty("through_turn").GetString());
        Assert.Equal(34, root.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.Equal(
            [("Bread?", "Flour.\n", "complete"), ("And beer?", "Bar", "cancelled")],
            root.GetProperty("turns").EnumerateArray().Select(turn =>
                (turn.GetProperty("prompt").GetString(), turn.GetProperty("answer").GetString(), turn.GetProperty("status").GetString())));
    }

    [Fact]
    public async Task An_id_that_nothing_has_is_a_usage_error()
    {
        await AddAsync("One", "1");

        Assert.Equal(
            new PaiResult(2, "", "pai: No session has an id that starts with 'ffff'; list the sessions to see their ids.\n"),
            await Pai.RunAsync("sessions", "show", "ffff"));
    }

    // Two turns; the second was tried twice, and its second answer was stopped.
    private Task<(Session Session, Summary Summary)> AddBranchedAsync() => UseAsync(async (sessions, log) =>
    {
        var session = await sessions.CreateAsync(new SessionSettings("tutor", "llama/starter") { SystemPrompt = "Be short." }, cancellationToken: Stop);
        var cost = new TurnOutcome(TurnStatus.Complete)
        {
            Usage = new TurnUsage(10, 0, 4),
            Timings = new TurnTimings(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(1.5)),
        };
        var first = await ExchangeAsync(log, new NewTurn(session.Id, "Bread?", "starter"), "Flour.\n", cost);
        Time.Advance(TimeSpan.FromMinutes(1));
        var dear = new TurnOutcome(TurnStatus.Complete) { Usage = new TurnUsage(200, 90, 30) };
        var second = await ExchangeAsync(log, new NewTurn(session.Id, "And beer?", "starter"), "Barley.", dear);
        Time.Advance(TimeSpan.FromMinutes(1));
        await ExchangeAsync(log, new NewTurn(session.Id, "And beer?", "starter") { InsteadOf = second.Id }, "Bar", new TurnOutcome(TurnStatus.Cancelled));
        var summary = new Summary(first.Id, "Bread was asked for.", 7);
        await log.AddSummaryAsync(session.Id, summary, Stop);
        return (session, summary);
    });
}
