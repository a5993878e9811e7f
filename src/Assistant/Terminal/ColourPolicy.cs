namespace PersonalAi.Assistant.Terminal;

/// <summary>Decides whether a stream gets colours.</summary>
/// <param name="Refused">Whether <c>--no-color</c> was given.</param>
/// <param name="Environment">Reads an environment variable: NO_COLOR (no-color.org) and TERM.</param>
internal sealed record ColourPolicy(bool Refused, Func<string, string?> Environment)
{
    public bool AllowsOn(bool isTerminal) =>
        isTerminal && !Refused && string.IsNullOrEmpty(Environment("NO_COLOR")) && Environment("TERM") != "dumb";
}
