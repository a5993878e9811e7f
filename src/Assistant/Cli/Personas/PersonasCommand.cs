using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Personas;

/// <summary>Lists the personas, shows one, says where one's own go.</summary>
internal sealed class PersonasCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public PersonasCommand() : base("personas", "List the personas, show one, or say where your own go.",
        "pai personas",
        "pai personas show coder",
        "cp coder.md \"$(pai personas path)/reviewer.md\"    # a file adds a persona")
    {
        Add(_json);
        Add(new PersonasListCommand());
        Add(new PersonasShowCommand());
        Add(new PersonasPathCommand());
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        PersonasListCommand.Write(pai, arguments.GetValue(_json));
        return Task.FromResult(ExitCode.Done);
    }
}
