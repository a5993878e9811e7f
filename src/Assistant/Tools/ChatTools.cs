using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using PersonalAi.Adapters.Llama;
using PersonalAi.Assistant.Chat;
using PersonalAi.Memory.Audit;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Recall.Arms;
using PersonalAi.Tools;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Tools;

/// <summary>The tools of a chat: which of them a turn is offered, and what runs their calls.</summary>
/// <param name="open">Gives all tools that there are.</param>
/// <param name="policy">Says which may be seen and run.</param>
/// <param name="face">Where the user sits.</param>
/// <param name="audit">Keeps a log of every call.</param>
/// <param name="time">Tells when calls are made.</param>
/// <param name="logger">Told of faults in tools.</param>
internal sealed class ChatTools(
    Func<CancellationToken, Task<ToolBox>> open, ToolPolicy policy, ToolFace face, ToolAudit audit, TimeProvider time, ILogger<ToolRunner> logger)
{
    /// <summary>Names how tools are chosen and written into the window: answers given with another form are another behaviour.</summary>
    public const string Form = "tools-1";

    private const int ShortMessage = 4;

    /// <summary>Chooses the tools for a turn.</summary>
    /// <param name="turn">What the user asks for.</param>
    /// <param name="stored">The turn, as it is stored.</param>
    /// <param name="window">What stands in the window before it.</param>
    /// <param name="taint">The untrusted text in the window, what was recalled for the turn included.</param>
    /// <param name="client">Explains tools to its model, and counts tokens.</param>
    /// <param name="gate">Asks the user.</param>
    /// <param name="room">The tokens that are free for explanations.</param>
    /// <param name="answerReserve">The tokens that are kept free for the answer.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<ToolOffer> OfferAsync(
        ChatTurn turn, TurnId stored, ConversationWindow window, Taint taint, ILocalChatClient client, IToolGate gate, int room, int answerReserve, CancellationToken cancellationToken = default)
    {
        var tools = turn is { Raw: false, Format: null } ? await VisibleAsync(turn.Tools, cancellationToken) : [];
        var chosen = await ChooseAsync(QuestionOf(turn, window), tools, cancellationToken);
        var notes = Explain(chosen, window, client);
        while (notes.Notes.Length > 0 && await client.CountTokensAsync([new ChatMessage(ChatRole.User, notes.Notes)], cancellationToken: cancellationToken) > room)
        {
            chosen = chosen[..^1];
            notes = Explain(chosen, window, client);
        }

        var runner = new AuditedTools(new ToolRunner(policy, gate, face, new ToolLimits(), logger), audit, face, time) { Turn = (turn.Session, stored) };
        return new ToolOffer(
            chosen,
            chosen.IsEmpty ? null : notes,
            taint,
            answerReserve,
            (call, tainted, token) => runner.RunAsync(chosen.FirstOrDefault(tool => tool.Name == call.Name), call, tainted, token));
    }

    /// <summary>The tools that a model may be shown.</summary>
    /// <param name="names">Those that were chosen; null for all.</param>
    /// <param name="cancellationToken">Stops waiting for servers.</param>
    /// <exception cref="UsageException">A tool was chosen that there is not.</exception>
    public async Task<IReadOnlyList<Tool>> VisibleAsync(IReadOnlyList<string>? names, CancellationToken cancellationToken = default) => names is []
        ? []
        : (await open(cancellationToken)).For(new ToolChoice { Names = names?.ToImmutableArray() }, policy, face);

    private static Task<ImmutableArray<Tool>> ChooseAsync(string question, IReadOnlyList<Tool> tools, CancellationToken cancellationToken) => Task.FromResult(tools.Take(4).ToImmutableArray());

    // "And tomorrow?" says too little by itself.
    private static string QuestionOf(ChatTurn turn, ConversationWindow window) =>
        WordArm.WordsOf(turn.Text).Count < ShortMessage && window.Turns is [.., var before] ? $"{before.Prompt}\n{turn.Text}" : turn.Text;

    private static TurnTools Explain(ImmutableArray<Tool> chosen, ConversationWindow window, ILocalChatClient client)
    {
        var known = window.Turns.SelectMany(turn => turn.Tools?.Described ?? []).ToHashSet();
        Tool[] unknown = [.. chosen.Where(tool => !known.Contains(tool.Name))];
        return new TurnTools
        {
            Described = [.. unknown.Select(tool => tool.Name)],
            Notes = unknown.Length == 0 ? "" : client.ToolFormat.Describe([.. unknown.Select(tool => tool.Function)]) + "\n\n",
        };
    }
}
