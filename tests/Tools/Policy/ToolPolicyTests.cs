using PersonalAi.Tests.Fakes;
using PersonalAi.Tools;
using PersonalAi.Tools.Policy;
using Xunit;

namespace PersonalAi.Tests.Tools.Policy;

public sealed class ToolPolicyTests
{
    private const string Page = "the page https://example.org/";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Defaults => new()
    {
        { "read_file", "Allow: it only reads on this machine" },
        { "write_file", "Ask: it changes something on this machine" },
        { "run_command", "Ask: it changes something on this machine" },
        { "fetch_page", "Ask: something of it leaves this machine" },
    };

    [Theory]
    [MemberData(nameof(Defaults))]
    public void Where_no_rule_speaks_only_reading_is_allowed(string tool, string expected) =>
        Assert.Equal(expected, Say(Policy().Decide(Named(tool).Call(new { }))));

    [Theory]
    [InlineData("deny fetch_page|allow fetch_page host=example.org", "Deny: your rule 'deny fetch_page' says deny")]
    [InlineData("allow fetch_page|ask fetch_page", "Ask: your rule 'ask fetch_page' says ask")]
    [InlineData("ask fetch_page|allow fetch_page host=example.org", "Allow: your rule 'allow fetch_page host=example.org' says allow")]
    [InlineData("allow host=*.org|ask host=example.org", "Ask: your rule 'ask host=example.org' says ask")]
    [InlineData("ask fetch_page host=*|allow fetch_page host=example.org", "Allow: your rule 'allow fetch_page host=example.org' says allow")]
    [InlineData("ask fetch_page host=example.org|allow fetch_page args.url=https://example.org/*", "Allow: your rule 'allow fetch_page args.url=https://example.org/*' says allow")]
    [InlineData("ask risk:leaves-machine|allow fetch_*", "Allow: your rule 'allow fetch_*' says allow")]
    [InlineData("allow risk:leaves-machine|ask face:terminal", "Ask: your rule 'ask face:terminal' says ask")]
    [InlineData("allow fetch_page host=example.org tainted", "Allow: your rule 'allow fetch_page host=example.org tainted' says allow")]
    [InlineData("allow fetch_page host=example.com", "Ask: something of it leaves this machine")]
    public void Denial_wins_then_the_narrowest_rule_then_asking(string rules, string expected) =>
        Assert.Equal(expected, Say(Policy(rules).Decide(PolicyTools.Fetch.Call(new { url = "https://example.org/a" }))));

    [Fact]
    public void A_tool_that_is_always_denied_is_hidden()
    {
        var policy = Policy("deny mail_*|deny fetch_page host=a.example|deny write_file face:headless");

        Assert.True(policy.Hides(PolicyTools.Send, ToolFace.Terminal));
        Assert.False(policy.Hides(PolicyTools.Fetch, ToolFace.Terminal));
        Assert.Equal((false, true), (policy.Hides(PolicyTools.Write, ToolFace.Terminal), policy.Hides(PolicyTools.Write, ToolFace.Headless)));
        Assert.Equal(["deny fetch_page host=a.example"], policy.RulesFor(PolicyTools.Fetch, ToolFace.Terminal).Select(rule => rule.ToString()));
    }

    [Theory]
    [InlineData("fetch_page", "allow *|allow fetch_page host=example.org|allow fetch_page args=*", false)]
    [InlineData("fetch_page", "allow fetch_page host=example.org tainted", true)]
    [InlineData("fetch_page", "allow fetch_page host=other.example tainted", false)]
    [InlineData("fetch_page", "allow fetch_page path=/data/** tainted", false)]
    [InlineData("fetch_page", "allow fetch_page args={\"url\":\"https://example.org/a\"} tainted", true)]
    [InlineData("fetch_page", "allow fetch_page host=example.org tainted|ask fetch_page args.url=*/a", false)]
    [InlineData("run_command", "allow run_command", false)]
    [InlineData("write_file", "allow write_file", true)]
    [InlineData("read_file", "", true)]
    public void Untrusted_text_takes_away_what_could_carry_data_out(string tool, string rules, bool isAllowed)
    {
        var verdict = Policy(rules).Decide(Named(tool).Call(new { url = "https://example.org/a" }, Page, "the file notes.txt"));

        Assert.Equal(isAllowed ? PolicyDecision.Allow : PolicyDecision.Ask, verdict.Decision);
    }

    [Fact]
    public void The_reason_names_the_origins_and_the_ground_for_the_log_does_not()
    {
        var verdict = Policy("allow *").Decide(PolicyTools.Fetch.Call(new { }, Page, "the file notes.txt"));

        Assert.Equal("untrusted text is in the window (the page https://example.org/, the file notes.txt), and this could carry data out", verdict.Reason);
        Assert.Equal("untrusted text is in the window, and this could carry data out", verdict.Ground);
    }

    [Fact]
    public void Nothing_is_denied_by_an_untrusted_text_alone() =>
        Assert.Equal(PolicyDecision.Deny, Policy("deny fetch_page").Decide(PolicyTools.Fetch.Call(new { }, Page)).Decision);

    [Fact]
    public void The_proposed_rule_is_narrow_and_allows_the_call()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "These are paths of Unix.");

        Assert.Equal("allow fetch_page host=example.org", Proposal(PolicyTools.Fetch.Call(new { url = "https://EXAMPLE.org/a" })));
        Assert.Equal("allow write_file path=/data/no\\*tes/*", Proposal(PolicyTools.Write.Call(new { path = "/data/no*tes/a.txt" })));
        Assert.Equal("allow run_command args='{\"text\":\"git \\*\"}'", Proposal(PolicyTools.Run.Call(new { text = "git *" })));
        Assert.Equal("allow mail_send source:mail args={}", Proposal(PolicyTools.Send.Call(new { })));
        Assert.Equal("allow write_file args={\"paths\":[\"/a/b\",\"/c/d\"]}", Proposal(PolicyTools.Write.Call(new { paths = new[] { "/a/b", "/c/d" } })));
        Assert.Equal("allow write_file args={\"path\":\"/a.txt\"}", Proposal(PolicyTools.Write.Call(new { path = "/a.txt" })));
    }

    [Fact]
    public void The_proposed_rule_is_narrower_than_the_one_that_asks()
    {
        var request = PolicyTools.Fetch.Call(new { url = "https://example.org/a" });

        Assert.Equal("allow fetch_page args={\"url\":\"https://example.org/a\"}", Proposal(request, "ask fetch_page host=example.org"));
        Assert.Null(Proposal(request, "ask fetch_page args={\"url\":\"https://example.org/a\"}"));
    }

    [Fact]
    public void What_is_allowed_in_a_clean_window_is_asked_in_a_tainted_one_and_there_only_the_very_call_is_proposed()
    {
        var policy = Policy();
        var clean = PolicyTools.Fetch.Call(new { url = "https://example.org/a" });
        policy.Add(policy.Decide(clean).Proposal!);

        var tainted = policy.Decide(clean with { Taint = new Taint([Page]) });

        Assert.Equal(PolicyDecision.Allow, policy.Decide(clean).Decision);
        Assert.Equal(PolicyDecision.Ask, tainted.Decision);
        Assert.Equal("allow fetch_page args={\"url\":\"https://example.org/a\"} tainted", tainted.Proposal!.ToString());
    }

    [Fact]
    public async Task A_secret_is_asked_in_a_clean_window_and_denied_in_a_tainted_one()
    {
        var policy = Policy("allow fetch_page host=example.org tainted");
        var request = PolicyTools.Fetch.Call(new { url = "https://example.org/?password=hunter2" });

        var clean = await policy.DecideAsync(request, Stop);
        var tainted = await policy.DecideAsync(request with { Taint = new Taint([Page]) }, Stop);

        Assert.Equal(new PolicyVerdict(PolicyDecision.Ask, "its arguments hold a password"), clean);
        Assert.Equal("Deny: its arguments hold a password, and untrusted text is in the window (the page https://example.org/)", Say(tainted));
        Assert.Equal("its arguments hold a password, and untrusted text is in the window", tainted.Ground);
    }

    [Fact]
    public async Task What_stays_on_the_machine_is_not_looked_through()
    {
        var policy = new ToolPolicy([], new OutgoingCheck((_, _) => Task.FromResult<string?>("everything")));

        var read = await policy.DecideAsync(PolicyTools.Read.Call(new { text = "password=hunter2" }, Page), Stop);
        var run = await policy.DecideAsync(PolicyTools.Run.Call(new { text = "anything" }, Page), Stop);

        Assert.Equal((PolicyDecision.Allow, PolicyDecision.Deny), (read.Decision, run.Decision));
    }

    private static ToolPolicy Policy(string rules = "") => new(rules.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(ToolRule.Parse));

    private static string Say(PolicyVerdict verdict) => $"{verdict.Decision}: {verdict.Reason}";

    private static string? Proposal(ToolRequest request, string rules = "") => Policy(rules).Decide(request).Proposal?.ToString();

    private static Tool Named(string name) => name switch
    {
        "read_file" => PolicyTools.Read,
        "write_file" => PolicyTools.Write,
        "run_command" => PolicyTools.Run,
        _ => PolicyTools.Fetch,
    };
}
