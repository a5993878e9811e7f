namespace PersonalAi.Assistant.Terminal;

/// <summary>Sets words apart where colours are allowed, and leaves them as they are where not.</summary>
/// <param name="Allowed">Whether the stream may have escape sequences.</param>
internal readonly record struct Ink(bool Allowed)
{
    public string Bold(string text) => Wrap(text, "1");

    public string Red(string text) => Wrap(text, "31");

    public string Green(string text) => Wrap(text, "32");

    public string Yellow(string text) => Wrap(text, "33");

    private string Wrap(string text, string style) => Allowed ? $"\e[{style}m{text}\e[0m" : text;
}
