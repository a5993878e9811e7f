namespace PersonalAi.Tools.Policy;

/// <summary>The rules that an answer "this session" or "always" could make of a call: as narrow as can be, the handiest first.</summary>
internal static class RuleProposal
{
    /// <summary>Rules that allow the call; in a window with untrusted text only the very same call.</summary>
    public static IEnumerable<ToolRule> For(ToolRequest request)
    {
        if (!request.Taint.IsTainted && Place(request.Reach) is { } place && Rule(request, place) is { } rule)
        {
            yield return rule;
        }

        if (Rule(request, new ArgumentsCondition(Glob.Escape(request.Call.CanonicalArguments))) is { } exact)
        {
            yield return exact;
        }
    }

    private static RuleCondition? Place(ToolReach reach) => reach switch
    {
        { Hosts: [var host], Paths: [] } when HostName.Normalise(host) is { } name => new HostCondition(name),
        { Hosts: [], Paths: [_, ..] } when reach.Paths.Select(FolderOf).Distinct().ToList() is [{ } folder] => new PathCondition($"{Glob.Escape(folder)}/*"),
        _ => null,
    };

    // Not a root and not a whole home: what lies right in them is too many things. Nor by a link, which may point elsewhere tomorrow.
    private static string? FolderOf(string path)
    {
        var forms = RulePath.FormsOf(path);
        var end = forms[0].LastIndexOf('/');
        return forms.Count == 1 && end > 0 && forms[0][..end] != RulePath.Home ? forms[0][..end] : null;
    }

    // What cannot be written as a rule cannot be proposed.
    private static ToolRule? Rule(ToolRequest request, RuleCondition condition)
    {
        var source = request.Tool.Source == Tool.BuiltIn ? Array.Empty<RuleCondition>() : [new SourceCondition(Glob.Escape(request.Tool.Source))];
        var isForTainted = request.Taint.IsTainted && request.CouldCarryOut;
        var rule = new ToolRule(PolicyDecision.Allow, [new ToolCondition(request.Tool.Name), .. source, condition], isForTainted);
        return ToolRule.TryParse(rule.ToString(), out var read, out _) ? read : null;
    }
}
