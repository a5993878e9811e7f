using System.Collections.Immutable;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Personas;

namespace PersonalAi.Assistant.Cli.Personas;

/// <summary>A persona as <c>--json</c> prints it.</summary>
internal sealed record PersonaJson(
    string Id, string Description, IReadOnlyDictionary<string, object> Settings, ImmutableArray<string> Tools, string Privacy, string File, string Instructions)
{
    public static PersonaJson From(Persona persona)
    {
        PaiOptions options = persona.Choices.Aggregate(new PaiOptions { ModelsFolder = "" }, (changed, choice) => choice.ApplyTo(changed));
        return new PersonaJson(
            persona.Name,
            persona.Description,
            persona.Choices.ToDictionary(choice => choice.Setting.Name, choice => choice.Setting.ValueIn(options)),
            persona.Tools,
            persona.Privacy.ToJsonName(),
            persona.File,
            persona.Instructions);
    }
}
