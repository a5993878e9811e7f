using System.Text;
using PersonalAi.Adapters;
using PersonalAi.Assistant.Chat;
using PersonalAi.Assistant.Cli;
using PersonalAi.Assistant.Mcp;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Assistant.Privacy.Ledger;
using PersonalAi.Assistant.Terminal.Slash;
using PersonalAi.Memory;
using PersonalAi.Memory.Notes;
using PersonalAi.Tools.Mcp;

namespace PersonalAi.Assistant.Terminal;

/// <summary>
/// A chat line by line: what is written stays where it is, so it works in a pipe, in a log, and with a screen reader.
/// </summary>
internal sealed class PlainChat : ChatFace
{
    private const string Fence = "\"\"\"";
    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(2);

    private readonly ConsoleStreams _console;
    private readonly SlashCommands _commands;
    private readonly NoteStore _notes;
    private readonly McpServers _servers;
    private readonly HashSet<McpProblem> _told = [];
    private readonly Interrupts _interrupts;
    private readonly TimeProvider _time;
    private readonly TerminalLines _lines;

    // Ctrl+C comes on a thread of its own, which must not find the source of an answer that has just ended.
    private readonly Lock _answering = new();
    private CancellationTokenSource? _answer;
    private long? _lastInterruption;
    private Exception? _failure;

    /// <param name="chat">The conversation.</param>
    /// <param name="console">Where it is held.</param>
    /// <param name="lines">What is typed.</param>
    /// <param name="commands">What can be typed besides messages.</param>
    /// <param name="notes">What the user is to be reminded of.</param>
    /// <param name="servers">Whose resources messages may name.</param>
    /// <param name="interrupts">Tells of Ctrl+C.</param>
    /// <param name="time">Tells whether a second Ctrl+C follows soon.</param>
    public PlainChat(OpenChat chat, ConsoleStreams console, TerminalLines lines, SlashCommands commands, NoteStore notes, McpServers servers, Interrupts interrupts, TimeProvider time)
        : base(chat) => (_console, _commands, _notes, _servers, _interrupts, _time, _lines) = (console, commands, notes, servers, interrupts, time, lines);

    /// <summary>Talks until the user leaves or the input ends.</summary>
    /// <returns>What failed last, where the input was piped in and nobody saw it; else null.</returns>
    public async Task<Exception?> RunAsync(CancellationToken cancellationToken = default)
    {
        using var interception = _interrupts.Intercept(OnInterrupt);
        await RemindAsync(cancellationToken);
        while (!IsLeaving && await ReadMessageAsync(cancellationToken) is { } message)
        {
            if (message.Trim() is { Length: > 0 } text)
            {
                await RespondAsync(text, cancellationToken);
                TellOfServers();
                await RemindAsync(cancellationToken);
            }
        }

        return _console.InputIsTerminal ? null : _failure;
    }

    public override void Say(string text) => _console.Output.WriteLine(TerminalText.Sanitize(text));

    public override async Task ShowAsync(Func<CancellationToken, IAsyncEnumerable<ChatEvent>> answer, CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _answer = stop;
        try
        {
            var safe = new TerminalText();
            await foreach (var chatEvent in answer(stop.Token))
            {
                Show(chatEvent, safe);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Say("[stopped before the answer began]");
        }
        finally
        {
            lock (_answering)
            {
                _answer = null;
            }
        }
    }

    private void Show(ChatEvent chatEvent, TerminalText safe)
    {
        switch (chatEvent)
        {
            case ChatEvent.Text text:
                _console.Output.Write(safe.Next(text.Piece));
                break;
            case ChatEvent.ToolFinished tool:
                Say(Remarks.Of(tool));
                break;
            case ChatEvent.Compacted compacted:
                Say(Remarks.Of(compacted));
                break;
            case ChatEvent.Recalled recalled:
                Say(Remarks.Of(recalled));
                break;
            case ChatEvent.Completed completed:
                _console.Output.WriteLine();
                Remarks.Write(_console.Output, completed.Turn);
                Remarks.WriteSources(_console.Output, completed.Memories);
                if (completed.Escalation is { } escalation)
                {
                    Say(Remarks.Of(escalation));
                }

                Remarks.WriteSuggestion(_console.Output, completed.Turn, "/escalate");
                _console.Output.WriteLine();
                break;
        }
    }

    private async Task RespondAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            if (text.StartsWith('/'))
            {
                await _commands.RunAsync(this, text, cancellationToken);
            }
            else
            {
                var message = await new MentionedResources(_servers).ReadAsync(new UserMessage(text), cancellationToken);
                await ShowAsync(token => Chat.SendAsync(message, cancellationToken: token), cancellationToken);
                Chat.RememberInBackground();
            }
        }
        catch (Exception error) when (error is ModelException or MemoryException or UsageException or DeniedException or BudgetException or EgressDeniedException or LedgerException or McpServerException or IOException or UnauthorizedAccessException)
        {
            // The chat goes on: what failed is this one message.
            Complain(error);
        }
    }

    private void TellOfServers()
    {
        foreach (var problem in _servers.Problems.Where(_told.Add))
        {
            Say($"[{problem.Message}]");
        }
    }

    private async Task RemindAsync(CancellationToken cancellationToken)
    {
        foreach (var note in await _notes.TakeDueAsync(cancellationToken))
        {
            Say($"[reminder {note.Number}, due {_time.Describe(note.DueAt!.Value)}: {TerminalText.OneLine(note.Text)}]");
        }
    }

    private void Complain(Exception error)
    {
        _failure = error;
        _console.Error.WriteLine($"pai: {TerminalText.Sanitize(error.Message)}");
    }

    /// <summary>A line, or several between triple quotes; null at the end of input or when the user leaves.</summary>
    private async Task<string?> ReadMessageAsync(CancellationToken cancellationToken)
    {
        StringBuilder? block = null;
        while (true)
        {
            Prompt(block is null ? "> " : ". ");
            switch (await _lines.NextAsync(cancellationToken))
            {
                case null:
                    return block?.ToString();
                case { Kind: TypedLineKind.Interruption }:
                    if (LeavesNow())
                    {
                        return null;
                    }

                    block = null;
                    break;
                case { Kind: TypedLineKind.Cut }:
                    Say("This line may have been cut: a terminal keeps 4095 bytes of one. Nothing was sent; split it, or use 'pai ask - < FILE'.");
                    break;
                case { Text: var line } when block is null && !line.TrimStart().StartsWith(Fence, StringComparison.Ordinal):
                    return line;
                case { Text: var line }:
                    var part = block is null ? line.TrimStart()[Fence.Length..] : line;
                    block ??= new StringBuilder();
                    if (part.TrimEnd().EndsWith(Fence, StringComparison.Ordinal))
                    {
                        return block.Append(part.TrimEnd()[..^Fence.Length]).ToString();
                    }

                    block.AppendLine(part);
                    break;
            }
        }
    }

    private void Prompt(string prompt)
    {
        if (_console.InputIsTerminal)
        {
            _console.Output.Write(prompt);
        }
    }

    // The terminal has already cleared the line; a second Ctrl+C soon after the first one leaves.
    private bool LeavesNow()
    {
        _console.Output.WriteLine();
        var soon = _lastInterruption is { } last && _time.GetElapsedTime(last) <= LeaveWithin;
        _lastInterruption = _time.GetTimestamp();
        if (!soon)
        {
            Say("(Ctrl+C again leaves)");
        }

        return soon;
    }

    private void OnInterrupt()
    {
        lock (_answering)
        {
            if (_answer is { } answer)
            {
                answer.Cancel();
            }
            else
            {
                _lines.Interrupt();
            }
        }
    }
}
