using System.Text.Json;
using PersonalAi.Memory.Conversations;
using PersonalAi.Tests.Assistant.Cli.Sessions;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli;

public sealed class RouteCommandsTests : SessionsTest
{
    [Fact]
    public async Task A_session_shows_where_its_answers_came_from_and_what_was_thought_of_them()
    {
        var session = await AnswerAsync("Hello", margin: 0.25);

        var rated = await Pai.RunAsync("sessions", "rate", session.Id.ShortForm, "bad");
        var shown = await Pai.RunAsync("sessions", "show", session.Id.ShortForm, "--json");

        var turn = JsonDocument.Parse(shown.Output).RootElement.GetProperty("turns")[0];
        Assert.Equal((0, $"You found the answer of turn {turn.GetProperty("id").GetString()![..13]} bad.\n", ""), (rated.ExitCode, rated.Output, rated.Error));
        Assert.Equal("bad", turn.GetProperty("thumb").GetString());
        Assert.Equal(
            """{"target":"local","reasons":["it is here"],"confidence":{"probability":null,"calibrated":false,"mean_margin":0.25,"lowest_margin":0.1,"mean_log_probability":-1,"tokens":9},"suggestion":"ask elsewhere","steps":[{"step":"answer","capability":"main_local_model","reasons":["it is here"]}]}""",
            JsonSerializer.Serialize(turn.GetProperty("route")));
    }

    [Fact]
    public async Task A_turn_of_another_session_is_not_rated()
    {
        var (session, other) = (await AnswerAsync("Hello", 0.5), await AnswerAsync("Hi", 0.5));

        var result = await Pai.RunAsync("sessions", "rate", session.Id.ToString(), "good", "--turn", other.Head!.Value.ToString());

        Assert.Equal(
            new PaiResult(2, "", $"pai: The turn {other.Head.Value.ShortForm} belongs to the session {other.Id.ShortForm}, not to {session.Id.ShortForm}; 'pai sessions show' lists turns with --json.\n"),
            result);
    }

    [Fact]
    public async Task Without_thumbs_nothing_is_calibrated_and_that_is_said()
    {
        var nothing = await Pai.RunAsync("eval", "route");
        await RateAsync(await AnswerAsync("Hello", 0.5), isGood: true);

        var few = await Pai.RunAsync("eval", "route");

        Assert.Equal(new PaiResult(0, "No answer is rated yet: at least 10 good and 10 bad ones are needed; rate answers with /good and /bad.\n", ""), nothing);
        Assert.Equal(
            new PaiResult(0, "starter: 1 good and 0 bad answers.\n  Nothing is calibrated: 1 good and 0 bad answers are rated, and at least 10 of each are needed; rate answers with /good and /bad.\n", ""),
            few);
    }

    [Fact]
    public async Task Thumbs_calibrate_margins_and_the_threshold_is_written()
    {
        for (var number = 0; number < 12; number++)
        {
            await RateAsync(await AnswerAsync("Hello", 0.7 + (0.01 * number)), isGood: true);
            await RateAsync(await AnswerAsync("Hello", 0.2 + (0.01 * number)), isGood: false);
        }

        var result = await Pai.RunAsync("eval", "route", "--json");

        var model = JsonDocument.Parse(result.Output).RootElement.GetProperty("models")[0];
        Assert.Equal(("starter", 12, 12, true), (model.GetProperty("model").GetString(), model.GetProperty("good").GetInt32(), model.GetProperty("bad").GetInt32(), model.GetProperty("calibrated").GetBoolean()));
        Assert.True(model.GetProperty("brier").GetDouble() < model.GetProperty("brier_of_share").GetDouble());
        Assert.Equal((1, 0), (model.GetProperty("bad_found").GetDouble(), model.GetProperty("good_flagged").GetDouble()));
        Assert.Equal(model.GetProperty("threshold").GetDouble(), JsonDocument.Parse(Pai.Read("route.json")).RootElement.GetProperty("models").GetProperty("starter").GetProperty("threshold").GetDouble());
    }

    [Fact]
    public async Task Routers_are_compared_on_a_table()
    {
        var table = Pai.Write("outcomes.csv", "prompt,weak,strong\n" + string.Concat(Enumerable.Range(0, 120).Select(number => $"{(number % 2 == 0 ? "Add 1 and 2 and 3" : "Tell me more")} {number % 7},{number % 2 == 1},True\n")));

        var text = await Pai.RunAsync("bench", "route", "--data", table);
        var json = JsonDocument.Parse((await Pai.RunAsync("bench", "route", "--data", table, "--json")).Output).RootElement;

        Assert.Equal((0, ""), (text.ExitCode, text.Error));
        Assert.StartsWith("120 prompts: weak is right with 50.0 %, strong with 100.0 %.\n", text.Output, StringComparison.Ordinal);
        Assert.EndsWith("Ours recovers more than random calls do.\nIt recovers more than the length of the prompt does.\n".Split('\n')[0], text.Output.TrimEnd().Split('\n')[^2], StringComparison.Ordinal);
        Assert.Equal((120, 0.5, true), (json.GetProperty("rows").GetInt32(), json.GetProperty("gap").GetDouble(), json.GetProperty("beats_random").GetBoolean()));
        Assert.All(json.GetProperty("routers").EnumerateArray(), router => Assert.Equal(101, router.GetProperty("points").GetArrayLength()));
    }

    [Fact]
    public async Task A_table_that_is_none_is_a_fault_of_usage()
    {
        var file = Pai.Write("outcomes.csv", "question,answer\n");

        var result = await Pai.RunAsync("bench", "route", "--data", file);

        Assert.Equal(new PaiResult(2, "", $"pai: The file '{file}' has no column 'prompt' with the outcomes of two models after it: its first line must be 'prompt,WEAK,STRONG'.\n"), result);
    }

    private Task<Session> AnswerAsync(string prompt, double margin) => UseAsync(async (sessions, log) =>
    {
        var session = await sessions.CreateAsync(new SessionSettings("default", "llama/starter"), cancellationToken: Stop);
        var route = new TurnRoute([new RoutedStep("answer", "main_local_model", ["it is here"]) { Suggestion = "ask elsewhere" }]) { Confidence = new AnswerConfidence(9, -1, margin, 0.1) };
        await ExchangeAsync(log, new NewTurn(session.Id, prompt, "starter"), "Hi.", new TurnOutcome(TurnStatus.Complete) { Route = route });
        return await sessions.GetAsync(session.Id, Stop);
    });

    private Task<Turn> RateAsync(Session session, bool isGood) => UseAsync((_, log) => log.RateAsync(session.Head!.Value, isGood, Stop));
}
