using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PersonalAi.Tools.BuiltIn.Files;

/// <summary>What all tools for files have in common.</summary>
internal static class FileTool
{
    /// <summary>How long a result may be, in characters, so that the runner does not cut off what stands at its end.</summary>
    public const int LongestResult = 7_000;

    /// <summary>A tool that reads.</summary>
    /// <param name="roots">The folders that the user granted.</param>
    /// <param name="function">Does it.</param>
    /// <param name="argument">The argument that holds the path; the first root where it is left out.</param>
    /// <param name="kind">What lies at the path: <c>file</c>, <c>folder</c>.</param>
    public static Tool Reading(GrantedRoots roots, AIFunction function, string argument, string kind) => new(function, ToolRisk.ReadsLocal, ToolTrust.Untrusted)
    {
        ReachOf = arguments => new ToolReach([roots.AbsolutePath(PathIn(arguments, argument))], []),
        OriginOf = arguments => $"the {kind} {VisibleText.Of(PathIn(arguments, argument))}",
    };

    /// <summary>A tool that changes one file, named by <c>path</c>.</summary>
    public static Tool Changing(GrantedRoots roots, AIFunction function) =>
        Reading(roots, function, "path", "file") with { Risk = ToolRisk.ChangesLocal, StaysWithinGrants = true };

    /// <summary>Finds a file or folder whose text is to be read.</summary>
    /// <exception cref="ToolException">It lies where nothing may be read.</exception>
    public static GrantedPath ResolveForReading(GrantedRoots roots, string path)
    {
        var found = new GrantedArea(roots).Resolve(path);
        return GrantedArea.IsOfGit(found.Real)
            ? throw new ToolException($"'{found.Shown}' belongs to git, which may keep passwords there: leave it alone.")
            : found;
    }

    /// <summary>Finds a file that is to be changed.</summary>
    /// <exception cref="ToolException">It lies where nothing may be changed.</exception>
    public static GrantedPath ResolveForChange(GrantedRoots roots, string path)
    {
        var found = new GrantedArea(roots).Resolve(path);
        return GrantedArea.IsOfGit(found.Real)
            ? throw new ToolException($"'{found.Shown}' belongs to git, which alone changes it: leave it alone.")
            : found;
    }

    private static string PathIn(JsonElement arguments, string argument) =>
        arguments.TryGetProperty(argument, out var path) && path.ValueKind == JsonValueKind.String ? path.GetString()! : ".";
}
