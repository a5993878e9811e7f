namespace PersonalAi.Tools.BuiltIn;

/// <summary>The folders in which tools may read and write files.</summary>
/// <param name="Folders">Absolute paths; none grants nothing.</param>
public sealed record GrantedRoots(IReadOnlyList<string> Folders);
