using System.Collections.Immutable;

namespace PersonalAi.Tools.Policy;

/// <summary>The untrusted text that stands in a context window. It ends when that text has left the window.</summary>
/// <param name="Origins">Where the text comes from, for people: <c>the page https://example.org/</c>, <c>the file notes.txt</c>.</param>
public sealed record Taint(ImmutableArray<string> Origins)
{
    /// <summary>A window that only the user and the program wrote.</summary>
    public static readonly Taint None = new([]);

    /// <summary>Whether there is any.</summary>
    public bool IsTainted => !Origins.IsEmpty;

    /// <summary>The same, and what comes from another origin.</summary>
    public Taint With(string origin) => Origins.Contains(origin, StringComparer.Ordinal) ? this : new(Origins.Add(origin));
}
