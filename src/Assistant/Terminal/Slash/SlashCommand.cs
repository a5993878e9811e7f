namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Something that can be typed into a chat in place of a message.</summary>
/// <param name="name">The word after the slash.</param>
/// <param name="argument">What may follow it, as the help shows it; empty for nothing.</param>
/// <param name="summary">What it does, one line.</param>
internal abstract class SlashCommand(string name, string argument, string summary)
{
    public string Name { get; } = name;

    public string Usage { get; } = $"/{name} {argument}".TrimEnd();

    public string Summary { get; } = summary;

    /// <summary>Does it.</summary>
    /// <param name="face">The chat it was typed into.</param>
    /// <param name="argument">What follows the name, trimmed; empty for nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public abstract Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default);
}
