using PersonalAi.Tests.Fakes;
using PersonalAi.Tools.Policy;
using Xunit;

namespace PersonalAi.Tests.Tools.Policy;

public sealed class ToolRuleTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("allow read_file path=~/notes/**", "allow read_file path=~/notes/**")]
    [InlineData("deny  risk:leaves-machine ", "deny risk:leaves-machine")]
    [InlineData("ask host=*.Example.ORG. fetch_page", "ask fetch_page host=*.example.org")]
    [InlineData("allow host=bücher.example", "allow host=xn--bcher-kva.example")]
    [InlineData("deny args=*rm* run_command", "deny run_command args=*rm*")]
    [InlineData("allow face:headless calculate", "allow calculate face:headless")]
    [InlineData("allow tainted fetch_page host=example.org", "allow fetch_page host=example.org tainted")]
    [InlineData("allow run_command args.command='git *'", "allow run_command args.command='git *'")]
    [InlineData("allow t args.b=2 args.a=1 args=*", "allow t args=* args.a=1 args.b=2")]
    [InlineData("deny t args.x='it''s = \"all\"'", "deny t args.x='it''s = \"all\"'")]
    [InlineData("deny t args.x=it's", "deny t args.x=it's")]
    [InlineData("deny t args.x=''", "deny t args.x=''")]
    [InlineData("deny source:github-* *", "deny * source:github-*")]
    [InlineData("allow t args={\"a\":\"\\\\n\\*\"} tainted", "allow t args={\"a\":\"\\\\n\\*\"} tainted")]
    public void A_rule_reads_back_as_it_is_written(string text, string canonical)
    {
        var rule = ToolRule.Parse(text);

        Assert.Equal(canonical, rule.ToString());
        Assert.Equal(rule, ToolRule.Parse(canonical));
    }

    [Theory]
    [InlineData("", "A rule is empty; write one like 'allow read_file path=~/notes/**'.")]
    [InlineData("permit x", "'permit' in the rule 'permit x' is not a decision; begin with allow, ask or deny.")]
    [InlineData("deny", "The rule 'deny' says of no call what it decides; name a tool, or give * for all.")]
    [InlineData("deny risk:high", "'risk:high' in the rule 'deny risk:high' is not a risk; there are reads-local, changes-local, leaves-machine.")]
    [InlineData("deny face:moon", "'face:moon' in the rule 'deny face:moon' is not a face; there are terminal, headless, mcp.")]
    [InlineData("deny a b", "'b' in the rule 'deny a b' is a second tool; write a rule for each.")]
    [InlineData("deny host=a host=b", "'host=' stands twice in the rule 'deny host=a host=b'; write a rule for each.")]
    [InlineData("deny colour:red", "'colour:red' in the rule 'deny colour:red' is neither a tool nor a condition; conditions are risk:, source:, face:, path=, host=, args=, args.NAME= and tainted.")]
    [InlineData("allow path=notes/*", "'path=notes/*' in the rule 'allow path=notes/*' is not a pattern of paths; begin it with /, ~/ or **/.")]
    [InlineData("allow path=/notes/../**", "'path=/notes/../**' in the rule 'allow path=/notes/../**' is not a pattern of paths; begin it with /, ~/ or **/.")]
    [InlineData("allow host=exam*.org", "'host=exam*.org' in the rule 'allow host=exam*.org' is not a pattern of hosts; give a host, *. and a host, or * alone.")]
    [InlineData("allow host=example.org/x", "'host=example.org/x' in the rule 'allow host=example.org/x' is not a pattern of hosts; give a host, *. and a host, or * alone.")]
    [InlineData("allow t args.x='a b", "'a b in the rule allow t args.x='a b has a quote too few or too many; within quotes write '' for one.")]
    [InlineData("allow t\nallow u", "A rule is one line without control characters.")]
    [InlineData("ask fetch_page host=a.example tainted", "'tainted' in the rule 'ask fetch_page host=a.example tainted' belongs to allow; ask and deny hold for every window.")]
    public void What_is_wrong_with_a_rule_is_said_in_a_sentence(string text, string problem)
    {
        Assert.False(ToolRule.TryParse(text, out _, out var found));
        Assert.Equal(problem, found);
    }

    [Theory]
    [InlineData("allow * tainted")]
    [InlineData("allow fetch_page tainted")]
    [InlineData("allow fetch_page host=* tainted")]
    [InlineData("allow fetch_page host=*.org tainted")]
    [InlineData("allow write_file path=** tainted")]
    [InlineData("allow write_file path=/** tainted")]
    [InlineData("allow write_file path=~/** tainted")]
    [InlineData("allow write_file path=**/notes/* tainted")]
    [InlineData("allow mail_* args={} tainted")]
    [InlineData("allow mail_send args={* tainted")]
    [InlineData("allow mail_send args.to=me tainted")]
    public void A_rule_for_tainted_windows_names_its_destination(string text)
    {
        Assert.False(ToolRule.TryParse(text, out _, out var problem));
        Assert.Equal(
            $"'tainted' in the rule '{text}' needs a destination: a host like host=example.org, a folder like path=~/notes/**, or a tool with all its arguments.", problem);
    }

    [Theory]
    [InlineData("host=example.org", "example.org", true)]
    [InlineData("host=example.org", "EXAMPLE.org.", true)]
    [InlineData("host=example.org", "example.org.evil.example", false)]
    [InlineData("host=example.org", "sub.example.org", false)]
    [InlineData("host=*.example.org", "a.b.example.org", true)]
    [InlineData("host=*.example.org", "example.org", false)]
    [InlineData("host=*.example.org", "example.org.evil", false)]
    [InlineData("host=*.example.org", "evilexample.org", false)]
    [InlineData("host=bücher.example", "xn--bcher-kva.example", true)]
    [InlineData("host=apple.com", "аpple.com", false)]
    [InlineData("host=[::1]", "[::1]", true)]
    [InlineData("host=*", "anything.example", true)]
    public void Hosts_are_matched_whole(string condition, string host, bool expected) =>
        Assert.Equal(expected, ToolRule.Parse($"allow fetch_page {condition}").Covers(PolicyTools.Fetch.Call(new { host })));

    [Theory]
    [InlineData("/data/notes/**", "/data/notes/a/b.txt", true)]
    [InlineData("/data/notes/**", "/data/notes", true)]
    [InlineData("/data/notes/**", "/data/notes/../secret", false)]
    [InlineData("/data/notes/**", "/data/notes2/a", false)]
    [InlineData("/data/notes/*", "/data/notes/a.txt", true)]
    [InlineData("/data/notes/*", "/data/notes/a/b.txt", false)]
    [InlineData("/data/*/b*.txt", "/data/a/bc.txt", true)]
    [InlineData("**/.env", "/srv/app/.env", true)]
    [InlineData(@"/data/\*.txt", "/data/*.txt", true)]
    [InlineData(@"/data/\*.txt", "/data/a.txt", false)]
    public void Paths_are_matched_as_they_really_are(string pattern, string path, bool expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "These are paths of Unix.");

        Assert.Equal(expected, ToolRule.Parse($"allow path={pattern}").Covers(PolicyTools.Read.Call(new { path })));
    }

    [Fact]
    public void A_home_is_abbreviated()
    {
        var path = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "notes", "today.txt");

        Assert.True(ToolRule.Parse("allow read_file path=~/notes/**").Covers(PolicyTools.Read.Call(new { path })));
    }

    [Fact]
    public void A_link_out_of_the_folder_is_not_allowed_but_can_be_denied_by_both_names()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        Directory.CreateDirectory(_folder["notes"]);
        Directory.CreateDirectory(_folder["secret"]);
        File.CreateSymbolicLink(_folder["notes/out"], _folder["secret"]);
        var request = PolicyTools.Read.Call(new { path = _folder["notes/out/key"] });

        Assert.False(ToolRule.Parse($"allow path={_folder["notes"]}/**").Covers(request));
        Assert.True(ToolRule.Parse($"deny path={_folder["notes"]}/**").Covers(request));
        Assert.True(ToolRule.Parse($"deny path={_folder["secret"]}/**").Covers(request));
    }

    [Fact]
    public void A_folder_that_is_a_link_itself_is_meant_by_both_names()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        Directory.CreateDirectory(_folder["real"]);
        File.CreateSymbolicLink(_folder["notes"], _folder["real"]);

        Assert.True(ToolRule.Parse($"allow path={_folder["notes"]}/**").Covers(PolicyTools.Read.Call(new { path = _folder["notes/a"] })));
    }

    [Fact]
    public void Allowing_needs_every_path_and_denying_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "These are paths of Unix.");
        var request = PolicyTools.Read.Call(new { paths = new[] { "/data/notes/a", "/data/other/b" } });

        Assert.False(ToolRule.Parse("allow path=/data/notes/**").Covers(request));
        Assert.True(ToolRule.Parse("deny path=/data/notes/**").Covers(request));
        Assert.True(ToolRule.Parse("ask path=/data/other/**").Covers(request));
        Assert.False(ToolRule.Parse("allow path=/data/**").Covers(PolicyTools.Read.Call(new { text = "no path" })));
    }

    [Theory]
    [InlineData("args=*rm*", true)]
    [InlineData("args='{\"path\":\"rm -rf\\nx\",\"text\":[1,\"a\"]}'", true)]
    [InlineData("args='{\"text\":[1,\"a\"],\"path\":\"rm -rf\\nx\"}'", false)]
    [InlineData("'args={\"path\":\"rm'", null)]
    [InlineData("args.path='rm *'", true)]
    [InlineData("args.path=rm", false)]
    [InlineData("args.text='[1,\"a\"]'", true)]
    [InlineData("args.absent=*", false)]
    public void Arguments_are_matched_in_one_spelling(string condition, bool? expected)
    {
        var request = PolicyTools.Run.Call(new { text = new object[] { 1, "a" }, path = "rm -rf\nx" });

        Assert.Equal(expected, ToolRule.TryParse($"deny {condition}", out var rule, out _) ? rule.Covers(request) : null);
    }

    [Theory]
    [InlineData("deny mail_*", true)]
    [InlineData("deny mail", false)]
    [InlineData("deny source:mail", true)]
    [InlineData("deny source:built-in", false)]
    [InlineData("deny risk:leaves-machine face:terminal", true)]
    [InlineData("deny risk:leaves-machine face:headless", false)]
    [InlineData("deny risk:reads-local", false)]
    public void Tools_are_meant_by_name_source_risk_and_face(string text, bool expected) =>
        Assert.Equal(expected, ToolRule.Parse(text).Covers(PolicyTools.Send.Call(new { })));

    [Fact]
    public void A_pattern_of_many_stars_takes_no_time_to_speak_of()
    {
        var request = PolicyTools.Run.Call(new { text = new string('a', 20_000) });

        Assert.False(ToolRule.Parse($"deny args={string.Concat(Enumerable.Repeat("*a", 30))}b").Covers(request));
    }

    [Fact]
    public void The_summary_leaves_out_what_arguments_say() =>
        Assert.Equal("allow mail_send source:mail args=… args.to=… tainted", ToolRule.Parse("allow mail_send source:mail args={} args.to=anna tainted").Summary);
}
