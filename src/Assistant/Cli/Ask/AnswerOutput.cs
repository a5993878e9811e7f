using PersonalAi.Assistant.Chat;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Ask;

/// <summary>Prints an answer as its events come.</summary>
/// <param name="console">The answer goes to standard output, remarks go to standard error.</param>
internal abstract class AnswerOutput(ConsoleStreams console)
{
    protected ConsoleStreams Console { get; } = console;

    public abstract void Show(ChatEvent chatEvent);
}

/// <summary>Prints the text of an answer, as it comes.</summary>
internal sealed class PlainAnswer(ConsoleStreams console) : AnswerOutput(console)
{
    private readonly TerminalText _safe = new();

    public override void Show(ChatEvent chatEvent)
    {
        switch (chatEvent)
        {
            case ChatEvent.Text text:
                Console.Output.Write(_safe.Next(text.Piece));
                break;
            case ChatEvent.Compacted compacted:
                Console.Error.WriteLine(Remarks.Of(compacted));
                break;
            case ChatEvent.ToolFinished tool:
                Console.Error.WriteLine(Remarks.Of(tool));
                break;
            case ChatEvent.Completed completed:
                Console.Output.WriteLine();
                Remarks.Write(Console.Error, completed.Turn);
                Remarks.WriteSources(Console.Error, completed.Memories);
                if (completed.Escalation is { } escalation)
                {
                    Console.Error.WriteLine(Remarks.Of(escalation));
                }

                Remarks.WriteSuggestion(Console.Error, completed.Turn, "--escalate");
                break;
        }
    }
}

/// <summary>Prints one JSON object at the end.</summary>
internal sealed class JsonAnswer(ConsoleStreams console) : AnswerOutput(console)
{
    public override void Show(ChatEvent chatEvent)
    {
        if (chatEvent is ChatEvent.Completed completed)
        {
            Console.Output.WriteJson(AnswerJson.From(completed));
        }
    }
}

/// <summary>Prints a JSON object per event, each on a line of its own.</summary>
internal sealed class JsonLinesAnswer(ConsoleStreams console) : AnswerOutput(console)
{
    public override void Show(ChatEvent chatEvent)
    {
        switch (chatEvent)
        {
            case ChatEvent.Started started:
                Console.Output.WriteJsonLine(new { type = "started", session = started.Session.ToString(), turn = started.Turn.ToString() });
                break;
            case ChatEvent.Compacted compacted:
                Console.Output.WriteJsonLine(new { type = "compacted", compacted.Turns, compacted.TokensBefore, compacted.TokensAfter });
                break;
            case ChatEvent.Recalled recalled:
                Console.Output.WriteJsonLine(new { type = "recalled", memories = MemoryJson.Of(recalled.Memories) });
                break;
            case ChatEvent.ToolStarted tool:
                Console.Output.WriteJsonLine(new { type = "tool_started", tool.Call.Id, tool.Call.Name, tool.Call.Arguments });
                break;
            case ChatEvent.ToolFinished tool:
                Console.Output.WriteJsonLine(new { type = "tool_finished", tool.Use.Id, tool.Use.Name, tool.Use.Status, tool.Use.Reason, tool.Use.Result, tool.Use.Origin });
                break;
            case ChatEvent.Text text:
                Console.Output.WriteJsonLine(new { type = "text", text = text.Piece });
                break;
            case ChatEvent.Completed completed:
                Console.Output.WriteJsonLine(AnswerJson.From(completed, type: "completed"));
                break;
        }
    }
}
