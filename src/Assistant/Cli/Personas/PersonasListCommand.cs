using System.CommandLine;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Personas;

/// <summary>Lists the personas, and names the files that could not be read.</summary>
internal sealed class PersonasListCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public PersonasListCommand() : base("list", "List the personas with their descriptions.", "pai personas list --json") => Add(_json);

    public static void Write(Composition pai, bool json)
    {
        if (json)
        {
            pai.Console.Output.WriteJson(pai.Personas.All.Select(PersonaJson.From));
        }
        else
        {
            var rows = pai.Personas.All.Select(persona => new[] { persona.Name, persona.Description });
            pai.Console.Output.WriteTable([["PERSONA", "DESCRIPTION"], .. rows]);
        }

        foreach (var problem in pai.Personas.Problems)
        {
            pai.Console.Error.WriteLine($"pai: {problem.Message}");
        }
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        Write(pai, arguments.GetValue(_json));
        return Task.FromResult(ExitCode.Done);
    }
}
