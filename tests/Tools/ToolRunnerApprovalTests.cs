using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Tests.Fakes;
using PersonalAi.Tools;
using PersonalAi.Tools.Policy;
using Xunit;

namespace PersonalAi.Tests.Tools;

public sealed class ToolRunnerApprovalTests
{
    private readonly ToolPolicy _policy = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_yes_runs_this_call_alone()
    {
        var outcome = await RunAsync(new Answer(Approval.Once), new { url = "https://example.org/" });

        Assert.Equal(
            (ToolStatus.Succeeded, "the user said yes", "the user said yes, asked since something of it leaves this machine", PolicyDecision.Ask, Approval.Once),
            (outcome.Status, outcome.Reason, outcome.Ground, outcome.Decision, outcome.Approval));
        Assert.Empty(_policy.Rules);
    }

    [Theory]
    [InlineData(Approval.Session)]
    [InlineData(Approval.Always)]
    public async Task A_lasting_yes_adds_the_rule_that_was_shown(Approval approval)
    {
        var gate = new Answer(approval);

        await RunAsync(gate, new { url = "https://example.org/a" });
        var second = await RunAsync(gate, new { url = "https://example.org/b" });

        Assert.Equal(["allow fetch_page host=example.org"], _policy.Rules.Select(rule => rule.ToString()));
        Assert.Equal((1, "your rule 'allow fetch_page host=example.org' says allow"), (gate.Asked.Count, second.Reason));
    }

    [Fact]
    public async Task A_lasting_yes_to_a_secret_lasts_for_this_call_only()
    {
        var gate = new Answer(Approval.Always);

        await RunAsync(gate, new { url = "https://example.org/?password=hunter2" });

        Assert.Null(Assert.Single(gate.Asked).Proposal);
        Assert.Empty(_policy.Rules);
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_it_is_denied_and_told_apart_from_a_no()
    {
        var headless = await RunAsync(new HeadlessGate(), new { url = "https://example.org/" });
        var refused = await RunAsync(new Answer(Approval.No), new { url = "https://example.org/" });

        Assert.Equal(
            (ToolStatus.Denied, true, "The call was not allowed (it needs approval and nobody can be asked: something of it leaves this machine): go on without it, and tell the user what could not be done."),
            (headless.Status, headless.CouldNotAsk, headless.Text));
        Assert.Equal((ToolStatus.Denied, false, "the user said no"), (refused.Status, refused.CouldNotAsk, refused.Reason));
    }

    [Theory]
    [InlineData("not an address")]
    public async Task A_call_that_names_a_place_that_cannot_be_does_not_run(string url)
    {
        var gate = new Answer(Approval.Once);

        var outcome = await RunAsync(gate, new { url });

        Assert.Equal((ToolStatus.Invalid, "The arguments of fetch_page name a place that cannot be. Correct them and call it again."), (outcome.Status, outcome.Text));
        Assert.Empty(gate.Asked);
    }

    private Task<ToolOutcome> RunAsync(IToolGate gate, object arguments) =>
        new ToolRunner(_policy, gate, ToolFace.Terminal, new ToolLimits(), NullLogger<ToolRunner>.Instance)
            .RunAsync(PolicyTools.Fetch, new ToolCall("1", "fetch_page", JsonSerializer.SerializeToElement(arguments)), Taint.None, Stop);

    private sealed class Answer(Approval approval) : IToolGate
    {
        public List<ToolRequest> Asked { get; } = [];

        public Task<Approval> AskAsync(ToolRequest request, string reason, CancellationToken cancellationToken = default)
        {
            Asked.Add(request);
            return Task.FromResult(approval);
        }
    }
}
