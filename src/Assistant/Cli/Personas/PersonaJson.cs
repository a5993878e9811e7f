using System.Collections.Immutable;
using PersonalAi.Assistant.Personas;

namespace PersonalAi.Assistant.Cli.Personas;

/// <summary>A persona as <c>--json</c> prints it.</summary>
internal sealed record PersonaJson(
    string Id, string Description, IReadOnlyDictionary<string, object> Settings, ImmutableArray<string> Tools, string Privacy, string File, string Instructions)
{
    public static PersonaJson From(Persona persona) => new(
        persona.Name,
        persona.Description,
        persona.Choices.ToDictionary(choice => choice.Setting.Name, choice => choice.Value),
        persona.Tools,
        persona.Privacy.ToJsonName(),
        persona.File,
        persona.Instructions);
}
