using System.CommandLine;
using PersonalAi.Assistant.Personas;

namespace PersonalAi.Assistant.Cli.Personas;

/// <summary>Shows what one persona tells the model, and what it chooses.</summary>
internal sealed class PersonasShowCommand : PaiCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "Name of a persona, as 'pai personas' lists it" };
    private readonly JsonOption _json = new();

    public PersonasShowCommand() : base("show", "Show a persona: description, choices, file and instructions.", "pai personas show tutor")
    {
        Add(_name);
        Add(_json);
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var persona = pai.Personas.Get(arguments.GetRequiredValue(_name));
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(PersonaJson.From(persona));
        }
        else
        {
            Write(pai.Console.Output, persona);
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static void Write(TextWriter output, Persona persona)
    {
        output.WriteLine($"{persona.Name}: {persona.Description}");
        output.WriteLine($"file: {persona.File}");
        foreach (var choice in persona.Choices)
        {
            output.WriteLine($"{choice.Setting.Name}: {choice.Text}");
        }

        output.WriteLine($"tools: {(persona.Tools.IsEmpty ? "none" : string.Join(", ", persona.Tools))}");
        output.WriteLine($"privacy: {persona.Privacy.ToJsonName()}");
        output.WriteLine();
        output.WriteLine(persona.Instructions);
    }
}
