using System.CommandLine;
using PersonalAi.Memory.Facts;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Stores facts that waited in the inbox.</summary>
internal sealed class InboxAcceptCommand : PaiCommand
{
    private readonly InboxIds _ids = new();
    private readonly JsonOption _json = new();

    public InboxAcceptCommand() : base("accept", "Remember facts of the inbox.", "pai memory inbox accept 0199f3a2 0199f3b7")
    {
        Add(_ids);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var inbox = await pai.InboxAsync(cancellationToken);
        var facts = new List<Fact>();
        foreach (var entry in await _ids.FindAsync(inbox, arguments, cancellationToken))
        {
            facts.Add(await inbox.AcceptAsync(entry.Id, cancellationToken: cancellationToken));
        }

        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(facts.Select(FactJson.From));
        }
        else
        {
            facts.ForEach(fact => pai.Console.Output.WriteLine($"Remembered {fact.Named()}; 'pai memory undo' takes it back."));
        }

        return ExitCode.Done;
    }
}
