using System.Collections.Immutable;

namespace PersonalAi.Tools.Policy;

/// <summary>Decides which calls run: the rules of the user, and what holds where no rule speaks.</summary>
/// <remarks>
/// A rule that denies wins over all others. Of those that ask or allow the narrowest decides (<see cref="ToolRule.Weight"/>), and asking
/// wins where two are as narrow. Where no rule speaks, what only reads on this machine runs, and the rest is asked. While untrusted text is
/// in the window, what could carry data out is asked whatever allows it, but for rules that name the destination and say <c>tainted</c>.
/// </remarks>
/// <param name="rules">The rules of the user.</param>
/// <param name="check">Looks at what would leave the machine; null for one that knows no texts of the user.</param>
public sealed class ToolPolicy(IEnumerable<ToolRule>? rules = null, OutgoingCheck? check = null)
{
    private readonly OutgoingCheck _check = check ?? new OutgoingCheck();
    private ImmutableArray<ToolRule> _rules = [.. rules ?? []];

    /// <summary>The rules, those of the session last.</summary>
    public ImmutableArray<ToolRule> Rules => _rules;

    /// <summary>Lets a rule hold for the rest of the session.</summary>
    public void Add(ToolRule rule) => ImmutableInterlocked.Update(ref _rules, all => all.Contains(rule) ? all : all.Add(rule));

    /// <summary>Whether the model is not to see a tool, since every call of it would be denied.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="face">Where the user sits.</param>
    public bool Hides(Tool tool, ToolFace face) => DecideUsually(tool, face).Decision == PolicyDecision.Deny;

    /// <summary>What is to happen with calls of a tool of which no rule says more than of the tool.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="face">Where the user sits.</param>
    public PolicyVerdict DecideUsually(Tool tool, ToolFace face) =>
        Judge(ToolRequest.OfAnyCall(tool, face), [.. _rules.Where(rule => rule.IsOfTools)]);

    /// <summary>The rules that speak of calls of a tool.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="face">Where the user sits.</param>
    public IEnumerable<ToolRule> RulesFor(Tool tool, ToolFace face) => _rules.Where(rule => rule.SpeaksOf(ToolRequest.OfAnyCall(tool, face)));

    /// <summary>What is to happen with a call, what it would send out looked at.</summary>
    public async Task<PolicyVerdict> DecideAsync(ToolRequest request, CancellationToken cancellationToken = default)
    {
        var verdict = Decide(request);
        if (verdict.Decision == PolicyDecision.Deny || !request.CouldCarryOut || await _check.FindAsync(request.Call.Arguments, cancellationToken) is not { } found)
        {
            return verdict;
        }

        // Never silently, and never by a rule: what was found may be another secret the next time.
        return request.Taint.IsTainted
            ? new PolicyVerdict(PolicyDecision.Deny, $"its arguments hold {found}, and {Tainted(request)}") { Ground = $"its arguments hold {found}, and untrusted text is in the window" }
            : new PolicyVerdict(PolicyDecision.Ask, $"its arguments hold {found}");
    }

    /// <summary>What is to happen with a call by the rules alone.</summary>
    public PolicyVerdict Decide(ToolRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var verdict = Judge(request, _rules);
        return verdict.Decision == PolicyDecision.Ask
            ? verdict with { Proposal = RuleProposal.For(request).FirstOrDefault(rule => Judge(request, _rules.Add(rule)).Decision == PolicyDecision.Allow) }
            : verdict;
    }

    private static PolicyVerdict Judge(ToolRequest request, ImmutableArray<ToolRule> rules)
    {
        var covering = rules.Where(rule => rule.Covers(request)).ToList();
        if (covering.Find(rule => rule.Decision == PolicyDecision.Deny) is { } denial)
        {
            return By(denial);
        }

        var mustAsk = request.Taint.IsTainted && request.CouldCarryOut;
        var narrowest = covering
            .Where(rule => !mustAsk || rule.Decision == PolicyDecision.Ask || (rule.IsForTainted && rule.NamesDestination(request)))
            .OrderByDescending(rule => rule.Weight)
            .ThenBy(rule => rule.Decision != PolicyDecision.Ask)
            .FirstOrDefault();
        return (narrowest, mustAsk) switch
        {
            ({ Decision: PolicyDecision.Allow }, _) => By(narrowest),
            (_, true) => new PolicyVerdict(PolicyDecision.Ask, $"{Tainted(request)}, and this could carry data out") { Ground = "untrusted text is in the window, and this could carry data out" },
            ({ }, _) => By(narrowest),
            _ => Usual(request.Tool),
        };
    }

    private static PolicyVerdict By(ToolRule rule) => new(rule.Decision, $"your rule '{rule}' says {rule.Decision.ToWord()}")
    {
        Ground = $"the rule '{rule.Summary}' says {rule.Decision.ToWord()}",
    };

    private static PolicyVerdict Usual(Tool tool) => tool.Risk switch
    {
        ToolRisk.ReadsLocal => new PolicyVerdict(PolicyDecision.Allow, "it only reads on this machine"),
        ToolRisk.ChangesLocal => new PolicyVerdict(PolicyDecision.Ask, "it changes something on this machine"),
        _ => new PolicyVerdict(PolicyDecision.Ask, "something of it leaves this machine"),
    };

    private static string Tainted(ToolRequest request) => $"untrusted text is in the window ({string.Join(", ", request.Taint.Origins)})";
}
