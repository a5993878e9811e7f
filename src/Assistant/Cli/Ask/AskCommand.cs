using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.AI;
using PersonalAi.Assistant.Chat;
using PersonalAi.Assistant.Cli.Tools;
using PersonalAi.Assistant.Escalation;
using PersonalAi.Assistant.Mcp;
using PersonalAi.Assistant.Privacy.Consent;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Cli.Ask;

/// <summary>Asks one question and prints the answer: for scripts and pipes.</summary>
internal sealed class AskCommand : PaiCommand
{
    private readonly Argument<string[]> _text = new("TEXT")
    {
        Description = "The question; standard input is read where there is none, or where it is -; a word with a dash goes after --",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _stdin = new("--stdin") { Description = "Append standard input to TEXT" };

    private readonly Option<string?> _session = new("--session") { Description = "Continue this session [default: begin a new one]", HelpName = "ID" };

    private readonly Option<bool> _continue = new("--continue") { Description = "Continue the session that was used last" };

    private readonly Option<bool> _raw = new("--raw") { Description = "Continue TEXT as it stands, without template and persona: for base models" };

    private readonly Option<FileInfo?> _schema = new("--schema") { Description = "Answer with JSON that this JSON Schema admits", HelpName = "FILE" };

    private readonly Option<bool> _noMemory = new("--no-memory") { Description = "Recall nothing, and remember nothing of this" };

    private readonly Option<bool> _escalate = new("--escalate") { Description = "Ask the model elsewhere of frontier.model instead, once you said yes to every byte" };

    private readonly Option<FileInfo?> _consent = new("--consent") { Description = "Your word for --escalate where nobody can be asked: a file that names destination, purpose, budget and expiry", HelpName = "FILE" };

    private readonly ToolFlags _tools = new();

    private readonly Option<double?> _timeout = new("--timeout") { Description = "Stop after this time, with exit code 5", HelpName = "SECONDS" };

    private readonly JsonOption _json = new(description: "Print one JSON object with answer, usage and timings, and nothing else");

    private readonly JsonOption _streamJson = new("--stream-json", "Print a JSON object per line while the answer comes; the last one is that of --json")
    {
        PrintsLines = true,
    };

    public AskCommand()
        : base(
            "ask",
            "Ask one question and print the answer.",
            "pai ask \"What is the capital of France?\"",
            "git diff | pai ask \"Write a commit message for this change.\" -     # the text, then standard input",
            "pai ask --continue \"And of Italy?\"                                 # goes on where the last session was",
            "pai ask --schema person.json --json \"Ada Lovelace, born 1815\"      # JSON that the schema admits",
            "pai ask --escalate \"Is this proof right?\"                             # shows what would be sent, and asks you",
            "pai ask --escalate --consent word.yaml \"Is this proof right?\"         # for scripts; docs/privacy.md shows the file",
            "pai ask --raw --model stories15M \"Once upon a time\"                # continues the text, without a template")
    {
        Add(_text);
        foreach (var option in new Option[] { _stdin, _session, _continue, _raw, _schema, _noMemory, _escalate, _consent, _timeout, _json, _streamJson })
        {
            Add(option);
        }

        _tools.AddTo(this);

        foreach (var option in SettingOption.OfModelCommands())
        {
            Add(option);
        }
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var message = ReadMessage(pai, arguments);
        var format = arguments.GetValue(_schema) is { } schema ? ReadSchema(schema) : null;
        using var progress = new ModelProgressDisplay(pai.Console, pai.Time);
        await using var chat = await pai.OpenChatAsync(_tools.In(arguments), progress, wakesEngine: !arguments.GetValue(_escalate), cancellationToken);
        if (arguments.GetValue(_session) is not null || arguments.GetValue(_continue))
        {
            await chat.ResumeAsync(arguments.GetValue(_session), cancellationToken);
        }

        message = await new MentionedResources(pai.Mcp()).ReadAsync(message, cancellationToken);
        chat.UsesMemory = !arguments.GetValue(_noMemory);
        using var limit = new TimeLimit(arguments.GetValue(_timeout), pai.Time, cancellationToken);
        chat.TimeBudget = limit.Budget;
        var escalator = await EscalatorAsync(pai, arguments, cancellationToken);
        var turn = await limit.RunAsync(token => AnswerAsync(
            pai, arguments, escalator is null ? chat.SendAsync(message, format, arguments.GetValue(_raw), token) : chat.EscalateAsync(escalator, message.Text, cancellationToken: token)));
        await chat.RememberAsync(cancellationToken);
        return turn.Outcome.Status == TurnStatus.Cancelled ? limit.IsSpent ? ExitCode.BudgetSpent : ExitCode.Cancelled
            : turn.ToolUses.Any(use => use.Status == "denied") ? ExitCode.Denied
            : ExitCode.Done;
    }

    private async Task<Escalator?> EscalatorAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken)
    {
        var consent = arguments.GetValue(_consent);
        if (!arguments.GetValue(_escalate))
        {
            return consent is null ? null : throw new UsageException("--consent is your word for --escalate; give both.");
        }

        return arguments.GetValue(_schema) is null && !arguments.GetValue(_raw)
            ? await pai.EscalatorAsync(consent is null ? null : await ConsentFile.ReadAsync(consent, cancellationToken), cancellationToken: cancellationToken)
            : throw new UsageException("--escalate takes neither --schema nor --raw: a model elsewhere is asked in words alone.");
    }

    private async Task<Turn> AnswerAsync(Composition pai, ParseResult arguments, IAsyncEnumerable<ChatEvent> events)
    {
        AnswerOutput output = arguments.GetValue(_streamJson) ? new JsonLinesAnswer(pai.Console)
            : arguments.GetValue(_json) ? new JsonAnswer(pai.Console)
            : new PlainAnswer(pai.Console);
        await foreach (var chatEvent in events)
        {
            output.Show(chatEvent);
            if (chatEvent is ChatEvent.Completed { Turn: var turn })
            {
                return turn;
            }
        }

        throw new InvalidOperationException("The answer ended without an outcome.");
    }

    // What comes through a pipe may be anybody's.
    private UserMessage ReadMessage(Composition pai, ParseResult arguments)
    {
        var words = arguments.GetValue(_text) ?? [];
        var appends = arguments.GetValue(_stdin) || words is [.., "-"];
        var text = string.Join(' ', words is [.. var before, "-"] ? before : words);
        if (text.Length > 0 && !appends)
        {
            return new UserMessage(text);
        }

        if (pai.Console.InputIsTerminal && !appends)
        {
            throw new UsageException("'pai ask' needs a TEXT, or text on standard input; see 'pai ask --help'.");
        }

        var input = pai.Console.Input.ReadToEnd().TrimEnd();
        return (text.Length, input.Length) switch
        {
            (0, 0) => throw new UsageException("Neither TEXT nor standard input has anything in it; see 'pai ask --help'."),
            (_, 0) => new UserMessage(text),
            _ => new UserMessage(text).With(input, ChatEngine.StandardInput),
        };
    }

    private static ChatResponseFormatJson ReadSchema(FileInfo file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file.FullName));
            return ChatResponseFormat.ForJsonSchema(document.RootElement.Clone());
        }
        catch (JsonException e)
        {
            throw new UsageException($"The schema '{file.Name}' is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"There is no schema file '{file}'; check the path.", e);
        }
    }
}
