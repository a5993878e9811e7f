using System.Text.Json;
using PersonalAi.Tools;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Cli.Tools;

/// <summary>A tool as <c>--json</c> prints it, and what the rules say of it.</summary>
internal sealed record ToolJson(string Id, string Description, string Source, string Risk, bool Trusted, string Decision, string Reason, bool Hidden, IEnumerable<string> Rules, JsonElement Schema)
{
    public static ToolJson From(Tool tool, ToolPolicy policy, ToolFace face)
    {
        var verdict = policy.DecideUsually(tool, face);
        return new ToolJson(
            tool.Name,
            tool.Description,
            tool.Source,
            tool.Risk.ToWord(),
            tool.Trust == ToolTrust.Own,
            verdict.Decision.ToWord(),
            verdict.Reason,
            policy.Hides(tool, face),
            policy.RulesFor(tool, face).Select(rule => rule.ToString()),
            tool.Function.JsonSchema);
    }
}
