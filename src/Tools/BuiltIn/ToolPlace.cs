using PersonalAi.Tools.Sandbox;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>What the built-in tools work with.</summary>
/// <param name="Time">Tells the time, and in which zone the user's clocks run.</param>
/// <param name="Roots">The folders that the user granted.</param>
/// <param name="OpenWeb">Gives a client that reaches the named host through the egress gate, and no other; the tool disposes of it.</param>
public sealed record ToolPlace(TimeProvider Time, GrantedRoots Roots, Func<string, HttpClient> OpenWeb)
{
    /// <summary>Whether commands run in a sandbox.</summary>
    public CommandSandbox CommandSandbox { get; init; } = CommandSandbox.Required;
}
