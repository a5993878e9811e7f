using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Stores a fact that waited in the inbox, in other words.</summary>
internal sealed class InboxEditCommand : PaiCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "Id in the inbox, or the beginning of one" };
    private readonly Argument<string[]> _text = new("TEXT") { Description = "What is to be remembered in its place", Arity = ArgumentArity.OneOrMore };
    private readonly JsonOption _json = new();

    public InboxEditCommand() : base("edit", "Remember a fact of the inbox in other words.", "pai memory inbox edit 0199f3a2 I am allergic to penicillin.")
    {
        Add(_id);
        Add(_text);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var inbox = await pai.InboxAsync(cancellationToken);
        var entry = await inbox.FindAsync(arguments.GetRequiredValue(_id), cancellationToken);
        var fact = await inbox.AcceptAsync(entry.Id, string.Join(' ', arguments.GetRequiredValue(_text)), cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(FactJson.From(fact));
        }
        else
        {
            await pai.Console.Output.WriteLineAsync($"Remembered {fact.Named()}; 'pai memory undo' takes it back.");
        }

        return ExitCode.Done;
    }
}
