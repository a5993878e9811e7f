namespace PersonalAi.Tools.Policy;

/// <summary>Risks, faces and decisions as rules and people write them.</summary>
public static class PolicyWords
{
    /// <summary><c>reads-local</c>, <c>changes-local</c>, <c>leaves-machine</c>.</summary>
    public static string ToWord(this ToolRisk risk) => risk switch
    {
        ToolRisk.ReadsLocal => "reads-local",
        ToolRisk.ChangesLocal => "changes-local",
        _ => "leaves-machine",
    };

    /// <summary><c>terminal</c>, <c>headless</c>, <c>mcp</c>.</summary>
    public static string ToWord(this ToolFace face) => face.ToString().ToLowerInvariant();

    /// <summary><c>allow</c>, <c>ask</c>, <c>deny</c>.</summary>
    public static string ToWord(this PolicyDecision decision) => decision.ToString().ToLowerInvariant();
}
