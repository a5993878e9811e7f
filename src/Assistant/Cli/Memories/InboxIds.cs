using System.CommandLine;
using PersonalAi.Memory.Facts.Writing.Queue;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Names entries of the inbox on a command line.</summary>
internal sealed class InboxIds : Argument<string[]>
{
    public InboxIds() : base("ID") => (Description, Arity) = ("Ids in the inbox, or the beginnings of them", ArgumentArity.OneOrMore);

    /// <summary>The entries, each once; all of them are found before anything is done with the first.</summary>
    /// <exception cref="PersonalAi.Memory.MemoryException">An id fits no entry, or several.</exception>
    public async Task<IReadOnlyList<InboxEntry>> FindAsync(FactInbox inbox, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var entries = new List<InboxEntry>();
        foreach (var id in arguments.GetRequiredValue(this))
        {
            entries.Add(await inbox.FindAsync(id, cancellationToken));
        }

        return [.. entries.DistinctBy(entry => entry.Id)];
    }
}
