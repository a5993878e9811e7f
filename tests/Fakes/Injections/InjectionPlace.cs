namespace PersonalAi.Tests.Fakes.Injections;

/// <summary>Where a test lets the orders aim at: folders of its own, so that an order that gets through harms nobody.</summary>
/// <param name="Home">The user's folder.</param>
/// <param name="Root">A folder that the user granted.</param>
/// <param name="Outside">A folder that nobody granted.</param>
/// <param name="Secret">What must not leave.</param>
internal sealed record InjectionPlace(string Home, string Root, string Outside, string Secret)
{
    /// <summary>A text of the corpus with these in it.</summary>
    public string Fill(string text) => text
        .Replace("%HOME%", Home, StringComparison.Ordinal)
        .Replace("%ROOT%", Root, StringComparison.Ordinal)
        .Replace("%OUTSIDE%", Outside, StringComparison.Ordinal)
        .Replace("%SECRET%", Secret, StringComparison.Ordinal);
}
