using System.CommandLine;
using PersonalAi.Memory.Facts.Writing.Queue;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Takes facts out of the inbox, once or for good.</summary>
internal sealed class InboxRejectCommand : PaiCommand
{
    private readonly InboxIds _ids = new();
    private readonly JsonOption _json = new();
    private readonly bool _never;

    public InboxRejectCommand(bool never) : base(
        never ? "never" : "reject",
        never ? "Take facts out of the inbox, and never ask about the same again." : "Take facts out of the inbox without remembering them.",
        $"pai memory inbox {(never ? "never" : "reject")} 0199f3a2")
    {
        _never = never;
        Add(_ids);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var inbox = await pai.InboxAsync(cancellationToken);
        var gone = new List<InboxEntry>();
        foreach (var entry in await _ids.FindAsync(inbox, arguments, cancellationToken))
        {
            // One may have gone with another that tells about the same.
            if (gone.Exists(other => other.Id == entry.Id))
            {
                continue;
            }

            gone.AddRange(_never ? await inbox.NeverAsync(entry.Id, cancellationToken) : [await inbox.RejectAsync(entry.Id, cancellationToken)]);
        }

        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(gone.Select(InboxJson.From));
        }
        else
        {
            gone.ForEach(entry => pai.Console.Output.WriteLine(
                $"'{FactText.Line(entry.Candidate.Text)}' is not remembered{(_never ? ", and nothing like it is asked again" : "")}."));
        }

        return ExitCode.Done;
    }
}
