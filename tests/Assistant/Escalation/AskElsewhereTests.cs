using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PersonalAi.Adapters.Frontier;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Notes;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Escalation;

/// <summary>What leaves where a script asks a model elsewhere, and what comes back.</summary>
public sealed class AskElsewhereTests : IDisposable
{
    private const string Question = "My name is Ada Lovelace and my mail is ada@example.org. Which poem fits me?";

    private readonly PaiSandbox _pai = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _pai.Dispose();

    [Fact]
    public async Task Exactly_the_approved_bytes_go_once_and_the_answer_comes_back_with_the_values()
    {
        await using var server = await StartAsync(reply => reply.EventsAsync(WireText.Answer(FrontierWire.OpenAI, "Dear [PERS", "ON_1], read Byron.")));

        var result = await AskAsync(Question);

        var request = Assert.Single(server.Requests);
        var hash = Convert.ToHexStringLower(SHA256.HashData(request.Body));
        var json = JsonElement.Parse(result.Output);
        var escalation = json.GetProperty("escalation");
        Assert.Equal((0, "Dear Ada Lovelace, read Byron."), (result.ExitCode, json.GetProperty("text").GetString()));
        Assert.Equal(hash, escalation.GetProperty("packet_sha256").GetString());
        Assert.Equal(("self_hosted", 12, 5, 2), (json.GetProperty("route").GetProperty("target").GetString(), escalation.GetProperty("input_tokens").GetInt32(), escalation.GetProperty("output_tokens").GetInt32(), escalation.GetProperty("redactions").GetInt32()));
        Assert.Equal(
            """
            {"messages":[{"role":"system","content":"Words in brackets such as [PERSON_1] stand for values that are not told. Use them unchanged, as if they were the values."},{"role":"user","content":"My name is [PERSON_1] and my mail is [EMAIL_ADDRESS_1]. Which poem fits me?"}],"model":"some-model","stream":true,"stream_options":{"include_usage":true},"max_tokens":2048}
            """,
            Encoding.UTF8.GetString(request.Body));
        Assert.Equal(["Accept", "Content-Length", "Content-Type", "Host", "User-Agent"], request.Headers.Keys.Order());
        Assert.Equal("pai", request.Headers["User-Agent"]);
    }

    [Fact]
    public async Task The_ledger_has_the_hash_of_what_arrived_and_what_it_cost()
    {
        await using var server = await StartAsync(reply => reply.EventsAsync(WireText.Answer(FrontierWire.OpenAI)));
        await AskAsync(Question);

        var log = JsonElement.Parse((await _pai.RunAsync("privacy", "log", "--json")).Output);
        var verified = await _pai.RunAsync("privacy", "verify");

        Assert.Equal(["charged", "answered", "sent"], log.EnumerateArray().Select(entry => entry.GetProperty("event").GetString()));
        var sent = log[2];
        Assert.Equal(
            ("self-hosted", server.Address.GetLeftPart(UriPartial.Authority), Convert.ToHexStringLower(SHA256.HashData(server.Requests[0].Body)), server.Requests[0].Body.Length, 2),
            (sent.GetProperty("purpose").GetString(), sent.GetProperty("destination").GetString(), sent.GetProperty("body_sha256").GetString(), sent.GetProperty("bytes").GetInt32(), sent.GetProperty("redactions").GetInt32()));
        Assert.StartsWith("file:", sent.GetProperty("consent").GetString(), StringComparison.Ordinal);
        Assert.Equal((12, 5), (log[0].GetProperty("input_tokens").GetInt32(), log[0].GetProperty("output_tokens").GetInt32()));
        Assert.Equal(0, verified.ExitCode);
        Assert.StartsWith("The ledger is whole: 3 entries, the last ", verified.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Byron", await File.ReadAllTextAsync(Path.Combine(_pai.Data, "egress.jsonl"), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_is_a_turn_with_its_origin_and_is_kept_as_a_note()
    {
        await using var server = await StartAsync(reply => reply.EventsAsync(WireText.Answer(FrontierWire.OpenAI, "Read ", "Byron.")));
        await AskAsync("Which poem fits me?");

        var turn = Assert.Single(await _pai.PathAsync());

        await using var database = await _pai.OpenDatabaseAsync();
        var note = Assert.Single(await new NoteStore(database, TimeProvider.System).FindAsync("poem", cancellationToken: Stop));
        var escalated = await new EscalationLog(database).FindAsync(turn.Id, Stop);
        Assert.Equal(("Which poem fits me?", "Read Byron.", "home/some-model", TurnStatus.Complete), (turn.Prompt, turn.Answer, turn.Model, turn.Outcome.Status));
        Assert.StartsWith("home/some-model, asked on ", Assert.Single(turn.Origins), StringComparison.Ordinal);
        Assert.Equal(("Which poem fits me?\n\nRead Byron.", turn.Origins[0]), (note.Text, Assert.Single(note.Origins)));
        Assert.Equal(("home/some-model", "served-model", false, note.Number), (escalated!.Destination, escalated.Model, escalated.MayTrain, escalated.Note));
    }

    [Theory]
    [InlineData("destination: home/other-model", "The consent file does not cover this: it is for 'home/other-model', and this would go to 'home/some-model'. Nothing was sent.")]
    [InlineData("purpose: compare", "The consent file does not cover this: it is to compare, and this is to escalate. Nothing was sent.")]
    [InlineData("expires: 2020-01-01", "The consent file does not cover this: it expired at 2020-01-02 00:00:00Z. Nothing was sent.")]
    [InlineData("expires: some day", "The consent file 'word.yaml' does not say 'expires' as it must; 'pai ask --help' and docs/privacy.md show a whole one.")]
    [InlineData("budget: much", "The consent file 'word.yaml' does not say 'budget' as it must; 'pai ask --help' and docs/privacy.md show a whole one.")]
    [InlineData("all: true", "The consent file 'word.yaml' says 'all', which is not known here; it says destination, purpose, budget, expires.")]
    public async Task What_the_file_does_not_cover_does_not_go(string line, string message)
    {
        await using var server = await StartAsync(reply => reply.EventsAsync(WireText.Answer(FrontierWire.OpenAI)));

        var result = await AskAsync("Which poem fits me?", Word(line));

        Assert.Equal(3, result.ExitCode);
        Assert.Equal(message, JsonElement.Parse(result.Output).GetProperty("error").GetProperty("message").GetString()!.Replace(_pai.Data + "/", "", StringComparison.Ordinal));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("budget: { tokens: 100, usd: 1 }")]
    [InlineData("budget: { tokens: 4000, usd: 1 }")]
    public async Task Where_the_budget_does_not_cover_it_the_exit_code_says_so(string budget)
    {
        await using var server = await StartAsync(reply => reply.EventsAsync(WireText.Answer(FrontierWire.OpenAI)));
        _pai.Environment["PAI_FRONTIER_MAX_TOKENS"] = "3900";
        await AskAsync("Which poem fits me?", Word(budget));

        var result = await AskAsync("Which poem fits me?", Word(budget));

        // The first one fits into 4,000 tokens, and cost 17 of them: so does the second.
        Assert.Equal(budget.Contains("4000", StringComparison.Ordinal) ? (0, 2) : (5, 0), (result.ExitCode, server.Requests.Count));
    }

    [Fact]
    public async Task A_file_that_others_can_change_is_nobodys_word()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await using var server = await StartAsync(reply => reply.EventsAsync(WireText.Answer(FrontierWire.OpenAI)));
        var file = _pai.Write("word.yaml", Word());
#pragma warning disable CA1416 // Skipped on Windows.
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
#pragma warning restore CA1416

        var result = await _pai.RunAsync("ask", "--escalate", "--consent", file, "Which poem fits me?");

        Assert.Equal((3, $"pai: Others can change the consent file '{file}', so it is nobody's word; run 'chmod go-w {file}'.\n"), (result.ExitCode, result.Error));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Without_a_word_nothing_goes()
    {
        await using var server = await StartAsync(reply => reply.EventsAsync(WireText.Answer(FrontierWire.OpenAI)));

        var off = await _pai.RunAsync("ask", "--escalate", "Which poem fits me?");
        _pai.Environment["PAI_FRONTIER_CONSENT"] = "ask";
        var headless = await _pai.RunAsync("ask", "--escalate", "Which poem fits me?");

        Assert.Equal((3, "pai: Nothing goes to a model elsewhere: frontier.consent is 'off'. 'pai config set frontier.consent ask' has you asked for each packet.\n"), (off.ExitCode, off.Error));
        Assert.Equal((3, "pai: Nobody can be asked here whether the packet may go: give your word with --consent FILE.\n"), (headless.ExitCode, headless.Error));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("Is epilepsy hereditary?")]
    [InlineData("Decode this: SSB3YXMgZGlhZ25vc2VkIHdpdGggZXBpbGVwc3ku")]
    public async Task A_fact_labelled_never_goes_in_no_form(string question)
    {
        await using var server = await StartAsync(reply => reply.EventsAsync(WireText.Answer(FrontierWire.OpenAI)));
        var fact = JsonElement.Parse((await _pai.RunAsync("memory", "add", "I was diagnosed with epilepsy.", "--json")).Output).GetProperty("id").GetString()!;
        await _pai.RunAsync("memory", "label", fact, "never");

        var result = await AskAsync(question);

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("it would hold something of a fact that you labelled never to leave this machine", result.Output, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_document_labelled_never_is_not_quoted()
    {
        await using var server = await StartAsync(reply => reply.EventsAsync(WireText.Answer(FrontierWire.OpenAI)));
        var file = _pai.Write("notes/diary.txt", "In spring we walked along the old canal until dusk.\n");
        await _pai.RunAsync("docs", "add", file);
        var label = await _pai.RunAsync("docs", "label", file, "never");

        var result = await AskAsync("Who wrote: we walked along the old canal until dusk?");

        Assert.Equal((0, "Labelled 1 document 'never': no word of it leaves this machine.\n"), (label.ExitCode, label.Output));
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("it would hold words of a document that you labelled never to leave this machine", result.Output, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_fact_labelled_ask_needs_a_yes_that_no_file_can_give()
    {
        await using var server = await StartAsync(reply => reply.EventsAsync(WireText.Answer(FrontierWire.OpenAI)));
        await _pai.RunAsync("memory", "add", "The kennel needs new planks.");

        var result = await AskAsync("The kennel needs planks: which wood lasts?");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("the question tells a fact labelled 'ask', for which each packet needs your own yes", result.Output, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_packet_that_the_server_did_not_take_is_sent_again_byte_for_byte()
    {
        await using var server = await StartAsync(
            reply => reply.JsonAsync(429, WireText.Refusal(FrontierWire.OpenAI, "Too many.", "rate_limit"), ("Retry-After", "0")),
            reply => reply.EventsAsync(WireText.Answer(FrontierWire.OpenAI)));

        var result = await AskAsync("Which poem fits me?");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(server.Requests[0].Body, server.Requests[1].Body);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_kept_as_far_as_it_came_and_not_asked_for_again()
    {
        await using var server = await StartAsync(reply => reply.EventsAsync(WireText.Start(FrontierWire.OpenAI) + WireText.Piece(FrontierWire.OpenAI, "Read By")));

        var result = await AskAsync("Which poem fits me?");

        var turn = Assert.Single(await _pai.PathAsync());
        Assert.Equal(8, result.ExitCode);
        Assert.Equal(("Read By", TurnStatus.Failed), (turn.Answer, turn.Outcome.Status));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_model_may_have_a_name_like_a_token_and_a_question_none()
    {
        await using var server = await StartAsync(reply => reply.EventsAsync(WireText.Answer(FrontierWire.OpenAI)));
        _pai.Environment["PAI_FRONTIER_MODEL"] = "home/Qwen3-Coder-30B-A3B-Instruct";

        var result = await AskAsync("What does the key sk-proj-a1B2c3D4e5F6g7H8i9J0 open?", Word("destination: home/Qwen3-Coder-30B-A3B-Instruct"));

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("a1B2c3", Encoding.UTF8.GetString(Assert.Single(server.Requests).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_with_another_certificate_gets_nothing()
    {
        using var certificate = FrontierServer.MakeCertificate();
        await using var server = await FrontierServer.StartAsync(certificate, reply => reply.EventsAsync(WireText.Answer(FrontierWire.OpenAI)));
        Configure($"home {server.Address}v1 key:none pin:sha256:{new string('0', 64)}");

        var wrong = await AskAsync("Which poem fits me?");
        Configure($"home {server.Address}v1 key:none pin:sha256:{Convert.ToHexStringLower(SHA256.HashData(certificate.RawData))}");
        var right = await AskAsync("Which poem fits me?");

        Assert.Equal((8, 0), (wrong.ExitCode, right.ExitCode));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task What_cannot_be_asked_elsewhere_is_a_usage_error()
    {
        var neither = await _pai.RunAsync("ask", "--consent", "word.yaml", "Hello");
        var missing = await _pai.RunAsync("ask", "--escalate", "--consent", "word.yaml", "Hello");
        var raw = await _pai.RunAsync("ask", "--escalate", "--raw", "Hello");

        Assert.Equal((2, "pai: --consent is your word for --escalate; give both.\n"), (neither.ExitCode, neither.Error));
        Assert.Equal((2, "pai: There is no consent file 'word.yaml'; check the path.\n"), (missing.ExitCode, missing.Error));
        Assert.Equal((2, "pai: --escalate takes neither --schema nor --raw: a model elsewhere is asked in words alone.\n"), (raw.ExitCode, raw.Error));
    }

    private static string Word(string? line = null)
    {
        var lines = new[] { "destination: home/some-model", "purpose: escalate", "budget: { tokens: 20000, usd: 0.5 }", "expires: 2099-01-01" };
        return string.Join('\n', lines.Where(usual => line is null || usual.Split(':')[0] != line.Split(':')[0]).Append(line));
    }

    private async Task<FrontierServer> StartAsync(params Func<FrontierReply, Task>[] script)
    {
        var server = await FrontierServer.StartAsync(script);
        Configure($"home {server.Address}v1 key:none");
        return server;
    }

    private void Configure(string entry)
    {
        _pai.Environment["PAI_FRONTIER_SERVERS"] = entry;
        _pai.Environment["PAI_FRONTIER_MODEL"] = "home/some-model";
    }

    private Task<PaiResult> AskAsync(string question, string? word = null)
    {
        var file = _pai.Write("word.yaml", word ?? Word());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return _pai.RunAsync("ask", "--escalate", "--consent", file, "--json", question);
    }
}
