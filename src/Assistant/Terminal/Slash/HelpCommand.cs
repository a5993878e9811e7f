namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Lists what can be typed.</summary>
internal sealed class HelpCommand(SlashCommands commands) : SlashCommand("help", "", "Show this list")
{
    public override Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default)
    {
        var width = commands.All.Max(command => command.Usage.Length);
        foreach (var command in commands.All)
        {
            face.Say($"  {command.Usage.PadRight(width)}  {command.Summary}");
        }

        face.Say("Ctrl+C stops an answer, then clears the line, and pressed twice leaves. \"\"\" begins and ends a message of several lines.");
        return Task.CompletedTask;
    }
}
