using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Tools;
using PersonalAi.Assistant.Chat;
using PersonalAi.Assistant.Routing;
using PersonalAi.Assistant.Tools.Own;
using PersonalAi.Memory.Audit;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Recall.Arms;
using PersonalAi.Tools;
using PersonalAi.Tools.Policy;
using PersonalAi.Tools.Selection;

namespace PersonalAi.Assistant.Tools;

/// <summary>The tools of a chat: which of them a turn is offered, and what runs their calls.</summary>
/// <param name="open">Gives all tools that there are.</param>
/// <param name="selection">Chooses among them.</param>
/// <param name="calling">How models are held to the form of a call.</param>
/// <param name="policy">Says which may be seen and run.</param>
/// <param name="face">Where the user sits.</param>
/// <param name="audit">Keeps a log of every call.</param>
/// <param name="time">Tells when calls are made.</param>
/// <param name="logger">Told of faults in tools.</param>
internal sealed class ChatTools(
    Func<CancellationToken, Task<ToolBox>> open,
    Func<CancellationToken, Task<ToolSelection>> selection,
    ToolCalling calling,
    ToolPolicy policy,
    ToolFace face,
    ToolAudit audit,
    TimeProvider time,
    ILogger<ToolRunner> logger)
{
    /// <summary>Names how tools are chosen and written into the window: answers given with another form are another behaviour.</summary>
    public const string Form = "tools-1";

    private const int ShortMessage = 4;

    // One tool takes as much, with what explains how to call it.
    private const int LeastRoom = 64;

    /// <summary>How models are held to the form of a call.</summary>
    public ToolCalling Calling => calling;

    /// <summary>The tools that a model may be shown.</summary>
    /// <param name="names">Those that were chosen; null for all.</param>
    /// <param name="cancellationToken">Stops waiting for servers.</param>
    /// <exception cref="UsageException">A tool was chosen that there is not.</exception>
    public async Task<IReadOnlyList<Tool>> VisibleAsync(IReadOnlyList<string>? names, CancellationToken cancellationToken = default) => names is []
        ? []
        : (await open(cancellationToken)).For(new ToolChoice { Names = names is null ? null : [.. names] }, policy, face);

    /// <summary>Chooses the tools for a turn.</summary>
    /// <param name="occasion">The turn, and what stands before it.</param>
    /// <param name="client">Explains tools to its model, and counts tokens.</param>
    /// <param name="gate">Asks the user.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<OfferedTools> OfferAsync(ToolOccasion occasion, ILocalChatClient client, IToolGate gate, CancellationToken cancellationToken = default)
    {
        // A window in which no tool can be explained leaves no place for calls.
        var (turn, taint) = (occasion.Turn, occasion.Taint);
        var visible = turn.TakesTools && occasion.Room >= LeastRoom ? await VisibleAsync(turn.Tools, cancellationToken) : [];
        var (callable, choice) = await ChooseAsync(QuestionOf(turn, occasion.Window), visible, turn.UsesMemory, cancellationToken);
        var known = occasion.Window.Turns.SelectMany(earlier => earlier.Tools?.Described ?? []).ToHashSet();
        var notes = Explain(callable, known, client);
        while (notes.Notes.Length > 0 && await client.CountTokensAsync([new ChatMessage(ChatRole.User, notes.Notes)], cancellationToken: cancellationToken) > occasion.Room)
        {
            callable.RemoveAt(callable.Count - 1);
            notes = Explain(callable, known, client);
        }

        var needsTools = callable.Count > 0;
        if (!needsTools)
        {
            callable.AddRange(visible.Where(tool => known.Contains(tool.Name)));
        }

        foreach (var source in callable.Select(tool => tool.Source).Where(source => source != Tool.BuiltIn))
        {
            taint = taint.With($"the tool descriptions of {source}");
        }

        var runner = new AuditedTools(new ToolRunner(policy, gate, face, new ToolLimits(), logger), audit, face, time) { Turn = (turn.Session, occasion.Stored) };
        return new OfferedTools(
            callable,
            needsTools,
            needsTools ? notes : null,
            taint,
            occasion.AnswerReserve,
            (call, tainted, token) => runner.RunAsync(callable.Find(tool => tool.Name == call.Name), call, tainted, token))
        {
            Choice = choice,
        };
    }

    // Those that seem to help, and where there are more, one that finds them: what it finds can be called from then on.
    // What was recalled for the turn already is not shown as a search, and can still be found.
    private async Task<(List<Tool> Chosen, RouteDecision? Choice)> ChooseAsync(string question, IReadOnlyList<Tool> visible, bool isRecalled, CancellationToken cancellationToken)
    {
        if (visible.Count == 0)
        {
            return ([], null);
        }

        var selecting = await selection(cancellationToken);
        List<Tool> callable = [.. await selecting.ChooseAsync(question, [.. visible.Where(tool => !isRecalled || !MemorySearchTool.IsOne(tool))], cancellationToken)];
        var choice = selecting.UsesVectors
            ? new RouteDecision(RouteStep.ToolChoice, Capability.SmallLocalModel, [$"words and vectors chose {callable.Count} of {visible.Count} tools"])
            : new RouteDecision(RouteStep.ToolChoice, Capability.Rule, [$"words alone chose {callable.Count} of {visible.Count} tools, since there is no embedding model"]);
        if (callable.Count > 0 && callable.Count < visible.Count)
        {
            callable.Add(SearchToolsTool.Create(selecting, _ => Task.FromResult(visible), found => callable.AddRange(found.Except(callable))));
        }

        return (callable, choice);
    }

    // "And tomorrow?" says too little by itself.
    private static string QuestionOf(ChatTurn turn, ConversationWindow window) =>
        WordArm.WordsOf(turn.Text).Count < ShortMessage && window.Turns is [.., var before] ? $"{before.Prompt}\n{turn.Text}" : turn.Text;

    private TurnTools Explain(List<Tool> callable, HashSet<string> known, ILocalChatClient client)
    {
        Tool[] unknown = [.. callable.Where(tool => !known.Contains(tool.Name))];
        return new TurnTools
        {
            Described = [.. unknown.Select(tool => tool.Name)],
            Notes = unknown.Length == 0 ? "" : client.ToolFormat.Describe([.. unknown.Select(tool => tool.Function)], calling) + "\n\n",
        };
    }
}
