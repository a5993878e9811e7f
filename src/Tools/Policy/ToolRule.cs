using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace PersonalAi.Tools.Policy;

/// <summary>
/// A rule of the user, in one line: <c>allow read_file path=~/notes/**</c>, <c>deny risk:leaves-machine</c>,
/// <c>ask fetch_page host=*.example.org</c>. It speaks of the calls for which all its conditions hold.
/// </summary>
public sealed record ToolRule
{
    internal ToolRule(PolicyDecision decision, ImmutableArray<RuleCondition> conditions, bool isForTainted) =>
        (Decision, Conditions, IsForTainted) = (decision, conditions, isForTainted);

    /// <summary>What is to happen with the calls that it speaks of.</summary>
    public PolicyDecision Decision { get; }

    /// <summary>Whether it allows calls also while untrusted text is in the window.</summary>
    public bool IsForTainted { get; }

    /// <summary>The text for a log: without what it says of arguments, which may be the user's words.</summary>
    public string Summary => Write(condition => condition.Topic == RuleTopic.Arguments ? $"{condition.Key}…" : condition.ToString());

    internal ImmutableArray<RuleCondition> Conditions { get; }

    /// <summary>How narrow it is: arguments before paths and hosts, these before the tool, that before risk, source and face.</summary>
    internal (int Arguments, int Reach, int Tool, int Kind) Weight =>
        (WeightOf(RuleTopic.Arguments), WeightOf(RuleTopic.Reach), WeightOf(RuleTopic.Tool), WeightOf(RuleTopic.Kind));

    /// <summary>Whether it speaks of nothing but which tool it is, so that what it says holds before a call is known.</summary>
    public bool IsOfTools => Conditions.All(IsOfTool);

    /// <summary>The rule that a line says.</summary>
    /// <param name="text">The line.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="problem">What is wrong with it: a sentence that quotes the word.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ToolRule? rule, [NotNullWhen(false)] out string? problem) =>
        RuleText.TryRead(text, out rule, out problem);

    /// <summary>The rule that a line says.</summary>
    /// <exception cref="FormatException">It is none; the message quotes the word that is wrong.</exception>
    public static ToolRule Parse(string text) => TryParse(text, out var rule, out var problem) ? rule : throw new FormatException(problem);

    /// <summary>Whether it speaks of a call.</summary>
    public bool Covers(ToolRequest request) => Conditions.All(condition => condition.Holds(request, ofEverything: Decision == PolicyDecision.Allow));

    /// <summary>Whether it speaks of calls of a tool, whatever else they must be.</summary>
    internal bool SpeaksOf(ToolRequest request) => Conditions.Where(IsOfTool).All(condition => condition.Holds(request, ofEverything: false));

    /// <summary>Whether it names where the call's data would go: the hosts, the files that it changes, or the very call.</summary>
    public bool NamesDestination(ToolRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return NamesCall || request.Tool.Risk switch
        {
            ToolRisk.LeavesMachine => Conditions.Any(condition => condition is HostCondition { IsNamed: true }),
            _ => Conditions.Any(condition => condition is PathCondition { IsNamed: true }),
        };
    }

    /// <summary>Whether it names a tool and all its arguments.</summary>
    internal bool NamesCall => Conditions.Any(condition => condition is ToolCondition { IsNamed: true }) && Conditions.Any(condition => condition is ArgumentsCondition { IsNamed: true });

    /// <summary>The rule as a line, in one spelling.</summary>
    public override string ToString() => Write(condition => condition.ToString());

    /// <inheritdoc/>
    public bool Equals(ToolRule? other) => other?.ToString() == ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private static bool IsOfTool(RuleCondition condition) => condition.Topic is RuleTopic.Kind or RuleTopic.Tool;

    private string Write(Func<RuleCondition, string> word) => string.Join(' ', Conditions.Select(word).Prepend(Decision.ToWord()).Concat(IsForTainted ? ["tainted"] : []));

    // Two conditions of one topic are narrower than one.
    private int WeightOf(RuleTopic topic) => Conditions.Where(condition => condition.Topic == topic).Sum(condition => condition.Weight + 1);
}
