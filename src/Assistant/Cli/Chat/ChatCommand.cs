using System.CommandLine;
using PersonalAi.Assistant.Chat;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Chat;

/// <summary>Talks with the model in the terminal.</summary>
internal sealed class ChatCommand : PaiCommand
{
    private readonly ChatFlags _flags = new();

    public ChatCommand()
        : base(
            "chat",
            "Talk with the model in the terminal.",
            "pai                              # the same as pai chat",
            "pai chat --continue              # goes on where the last session was",
            "pai chat --persona coder",
            "pai chat --model ~/models/llama-2-13b-chat.Q4_K_M.gguf",
            "printf 'Hello\\n/tokens\\n' | pai chat --plain") => _flags.AddTo(this);

    /// <summary>Holds a chat.</summary>
    public static async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, ChatFlags flags, CancellationToken cancellationToken)
    {
        using var progress = new ModelProgressDisplay(pai.Console, pai.Time);

        // One reader of what is typed: messages, and answers to questions.
        var lines = new TerminalLines(pai.Console);
        var servers = pai.Mcp(lines);
        await using var chat = await pai.OpenChatAsync(flags.Tools.In(arguments), progress, cancellationToken: cancellationToken);
        var isFirst = await (await pai.SessionsAsync(cancellationToken)).LatestAsync(cancellationToken) is null;
        if (arguments.GetValue(flags.Session) is not null || arguments.GetValue(flags.Continue))
        {
            await chat.ResumeAsync(arguments.GetValue(flags.Session), cancellationToken);
        }

        chat.Gate = pai.ToolGate(lines);
        var face = new PlainChat(chat, pai.Console, lines, await pai.SlashCommandsAsync(lines, cancellationToken), await pai.NotesAsync(cancellationToken), servers, pai.Interrupts, pai.Time);
        if (isFirst)
        {
            Welcome.Write(face);
        }

        // Before the first prompt, so that progress bars and a model that cannot be loaded come at once.
        var model = await chat.ModelAsync(cancellationToken);
        face.Say($"{model.Name}, {chat.Persona.Name} persona, {model.Client.ContextLength} tokens of context; /help shows what you can type.");
        await ShowLastTurnAsync(pai, chat, face, cancellationToken);
        return await face.RunAsync(cancellationToken) is { } failure ? ExitCodes.For(failure) : ExitCode.Done;
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default) =>
        RunAsync(pai, arguments, _flags, cancellationToken);

    private static async Task ShowLastTurnAsync(Composition pai, OpenChat chat, PlainChat face, CancellationToken cancellationToken)
    {
        if (chat.Session is not { } session)
        {
            return;
        }

        var path = await (await pai.TurnsAsync(cancellationToken)).PathAsync(session.Id, cancellationToken);
        face.Say($"Going on with \"{session.Title}\", {path.Count} turns.");
        if (path is [.., var last])
        {
            face.Say($"> {last.Prompt}\n{last.Answer}");
            Remarks.Write(pai.Console.Output, last);
            face.Say("");
        }
    }
}
