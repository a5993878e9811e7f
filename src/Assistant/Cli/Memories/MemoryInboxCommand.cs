using System.CommandLine;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Facts.Writing;
using PersonalAi.Memory.Facts.Writing.Queue;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Lists the facts that wait to be looked at, and what can be done with them.</summary>
internal sealed class MemoryInboxCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public MemoryInboxCommand() : base("inbox", "List facts that wait until you have looked at them; accept, edit or reject them.",
        "pai memory inbox",
        "pai memory inbox accept 0199f3a2 0199f3b7    # remembers them",
        "pai memory inbox never 0199f3a2              # and does not ask about this again")
    {
        Add(_json);
        Add(new InboxAcceptCommand());
        Add(new InboxEditCommand());
        Add(new InboxRejectCommand(never: false));
        Add(new InboxRejectCommand(never: true));
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        // What was said in an answer that a crash ended has not been looked at yet.
        if (pai.Configuration.Options.MemoryWrite != Configuration.MemoryWriting.Off)
        {
            await (await pai.WriterAsync(cancellationToken)).WriteAsync(cancellationToken);
        }

        var entries = await (await pai.InboxAsync(cancellationToken)).ListAsync(cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(entries.Select(InboxJson.From));
        }
        else if (entries.Count == 0)
        {
            await pai.Console.Error.WriteLineAsync("Nothing waits in the inbox.");
        }
        else
        {
            pai.Console.Output.WriteTable([["ID", "SAID", "WHY", "FACT"], .. entries.Select(entry => Row(entry, pai.Time))]);
        }

        return ExitCode.Done;
    }

    private static string[] Row(InboxEntry entry, TimeProvider time) =>
        [entry.Id.ToString()[..18], time.Describe(entry.ProposedAt), Why(entry.Doubt), FactText.Line(entry.Candidate.Text)];

    private static string Why(DoubtReason doubt) => doubt switch
    {
        DoubtReason.Uncertain => "not sure",
        DoubtReason.OtherPerson => "of somebody else",
        DoubtReason.Weak => "found by the model",
        _ => Memories.Words.Of(doubt),
    };
}
