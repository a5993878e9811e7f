using PersonalAi.Assistant.Personas;

namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Changes who answers.</summary>
internal sealed class PersonaCommand(PersonaCatalog personas) : SlashCommand("persona", "[NAME]", "List the personas, or have another one answer")
{
    public override async Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default)
    {
        if (argument.Length > 0)
        {
            await face.Chat.UsePersonaAsync(argument, cancellationToken);
            face.Say($"{face.Chat.Persona.Name} answers from now on.");
            return;
        }

        foreach (var persona in personas.All)
        {
            face.Say($"{(persona.Name == face.Chat.Persona.Name ? "*" : " ")} {persona.Name,-12} {persona.Description}");
        }
    }
}
