using PersonalAi.Assistant;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Tests.Fakes;
using PersonalAi.Tools.Policy;
using Xunit;

namespace PersonalAi.Tests.Assistant.Terminal;

public sealed class TerminalGateTests : IDisposable
{
    private readonly Keyboard _keyboard = new();
    private readonly Screen _screen = new();
    private readonly List<ToolRule> _kept = [];

    public void Dispose()
    {
        _screen.Dispose();
        _keyboard.Dispose();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("y", Approval.Once)]
    [InlineData(" YES ", Approval.Once)]
    [InlineData("s", Approval.Session)]
    [InlineData("a", Approval.Always)]
    [InlineData("", Approval.No)]
    [InlineData("n", Approval.No)]
    [InlineData("yy", Approval.No)]
    [InlineData("yes please", Approval.No)]
    [InlineData("\u202ey", Approval.No)]
    [InlineData(null, Approval.No)]
    public async Task Only_a_clear_yes_is_one(string? answer, Approval expected)
    {
        var approval = await AskAsync(answer);

        Assert.Equal(expected, approval);
        Assert.Equal(expected == Approval.Always ? ["allow fetch_page host=example.org"] : [], _kept.Select(rule => rule.ToString()));
    }

    [Theory]
    [InlineData("s")]
    [InlineData("a")]
    public async Task A_lasting_yes_that_was_not_offered_is_a_no(string answer)
    {
        _screen.OnQuestion(() => _keyboard.Type(answer));

        Assert.Equal(Approval.No, await Gate().AskAsync(PolicyTools.Fetch.Call(new { }), "it was asked", Stop));
    }

    [Fact]
    public async Task What_was_typed_before_the_question_does_not_answer_it()
    {
        var gate = Gate();
        _keyboard.Type("y");
        _keyboard.Type("a");
        await _keyboard.ReadAsync(lines: 2);

        _screen.OnQuestion(() => _keyboard.Type("n"));

        Assert.Equal(Approval.No, await gate.AskAsync(Request(), "it was asked", Stop));
    }

    [Fact]
    public async Task The_whole_is_shown_on_request_and_asked_again()
    {
        var request = PolicyTools.Write.Call(new { text = string.Concat(Enumerable.Range(1, 100).Select(line => $"line {line}\n")) });
        _screen.OnQuestion(() => _keyboard.Type("v"), () => _keyboard.Type("y"));

        var approval = await Gate().AskAsync(request, "it was asked", Stop);

        Assert.Equal(Approval.Once, approval);
        Assert.Contains("\"line 50\\n\"", _screen.ToString().Split("[v] view all")[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_cannot_be_written_holds_for_the_session()
    {
        var gate = new TerminalGate(new Lazy<TerminalLines>(_keyboard.Lines), _screen, (_, _) => throw new UsageException("The file is odd."));
        _screen.OnQuestion(() => _keyboard.Type("a"));

        Assert.Equal(Approval.Session, await gate.AskAsync(Request(), "it was asked", Stop));
        Assert.EndsWith("The rule holds for this session only: The file is odd.\n", _screen.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Being_stopped_is_no_answer()
    {
        using var stop = new CancellationTokenSource();
        _screen.OnQuestion(stop.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Gate().AskAsync(Request(), "it was asked", stop.Token));
    }

    private static ToolRequest Request()
    {
        var request = PolicyTools.Fetch.Call(new { url = "https://example.org/" });
        return request with { Proposal = new ToolPolicy().Decide(request).Proposal };
    }

    private TerminalGate Gate() => new(new Lazy<TerminalLines>(_keyboard.Lines), _screen, (rule, _) =>
    {
        _kept.Add(rule);
        return Task.CompletedTask;
    });

    private Task<Approval> AskAsync(string? answer)
    {
        _screen.OnQuestion(() => _keyboard.Type(answer));
        return Gate().AskAsync(Request(), "it was asked", Stop);
    }
}
