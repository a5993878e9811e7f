namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Shows or changes what the model is told before the conversation.</summary>
internal sealed class SystemCommand()
    : SlashCommand("system", "[TEXT|default]", "Show the instructions, replace them for this session, or go back to the persona's")
{
    public override async Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default)
    {
        if (argument.Length > 0)
        {
            await face.Chat.UseSystemPromptAsync(argument == "default" ? null : argument, cancellationToken);
        }

        face.Say(face.Chat.Instructions);
    }
}
