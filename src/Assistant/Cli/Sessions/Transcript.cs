using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Cli.Sessions;

/// <summary>Writes a session for people to read.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="time">Tells the local time.</param>
/// <param name="ink">Sets headings apart.</param>
internal sealed class Transcript(TextWriter output, TimeProvider time, Ink ink)
{
    public void Write(SessionRecord record)
    {
        WriteHead(record);
        foreach (var turn in record.Path)
        {
            Write($"You, {time.Describe(turn.CreatedAt)}", turn.Prompt);
            Write(TerminalText.Sanitize(turn.Model) + Cost(turn.Outcome), turn.Answer);
            WriteTools(turn);
            Remarks.Write(output, turn);
        }
    }

    private void WriteHead(SessionRecord record)
    {
        var session = record.Session;
        output.WriteLine(ink.Bold(session.Heading()));
        if (session.DeletedAt is { } deleted)
        {
            output.WriteLine($"in the trash since {time.Describe(deleted)}; 'pai sessions restore {session.Id.ShortForm}' takes it out");
        }

        output.WriteLine($"session:   {session.Id}");
        output.WriteLine($"persona:   {TerminalText.Sanitize(session.Settings.Persona)}");
        output.WriteLine($"model:     {TerminalText.Sanitize(session.Settings.Model)}");
        output.WriteLine($"begun:     {time.Describe(session.CreatedAt)}");
        output.WriteLine($"last used: {time.Describe(session.UpdatedAt)}");
        output.WriteLine($"turns:     {Turns(record)}");
        output.WriteLine($"tokens:    {record.Usage.PromptTokens} read ({record.Usage.CachedTokens} of them from the cache), {record.Usage.CompletionTokens} written");
        if (session.Settings.SystemPrompt is { } system)
        {
            Write("System prompt", system);
        }

        if (record.Summary is { } summary)
        {
            Write($"Summary that stands for the turns through {summary.Through.ShortForm} ({summary.Tokens} tokens)", summary.Text);
        }
    }

    private void Write(string heading, string text)
    {
        output.WriteLine();
        output.WriteLine(ink.Bold(heading));
        output.WriteLine(TerminalText.Sanitize(text).Trim('\n'));
    }

    private void WriteTools(Turn turn)
    {
        foreach (var use in turn.ToolUses)
        {
            output.WriteLine($"[{ToolUseText.Of(use)}]");
        }
    }

    private static string Turns(SessionRecord record) => record.Branches > 1
        ? $"{record.Path.Length} shown here, {record.Session.TurnCount} on {record.Branches} branches ('pai sessions export --format jsonl' has all)"
        : $"{record.Path.Length}";

    private static string Cost(TurnOutcome outcome) =>
        (outcome.Usage is { } usage ? $", {usage.CompletionTokens} tokens" : "")
        + (outcome.Timings is { } timings ? $" in {Quantity.Duration(timings.Total)}" : "");
}
