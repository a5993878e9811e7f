using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Assistant.Tools;
using PersonalAi.Memory.Conversations;
using PersonalAi.Tools;
using PersonalAi.Tools.Policy;
using PersonalAi.Tools.Selection;

namespace PersonalAi.Assistant.Chat;

/// <summary>Has a model answer a turn: it may call tools, is told what came of them, and goes on until it calls none.</summary>
/// <param name="client">Answers.</param>
/// <param name="log">Stores what tools did, before the model is told.</param>
/// <param name="offer">The tools that the turn is offered.</param>
/// <param name="writer">Takes the answer.</param>
/// <param name="outcome">Counts what it costs.</param>
/// <param name="events">Told what happens.</param>
internal sealed class ToolRounds(
    ILocalChatClient client, ConversationLog log, OfferedTools offer, AnswerWriter writer, AnswerOutcome outcome, ChannelWriter<ChatEvent> events)
{
    // A model that goes on calling would never answer; so many calls are enough for what one question needs.
    private const int MostRounds = 8;

    // A model that was not trained to call tools seldom knows when it has enough.
    private const int MostUntrained = 2;

    // Below this many characters a result says nothing.
    private const int LeastResult = 64;

    // What the thought and the decision take before an answer, in tokens: the answer can be as long as it was to be.
    private const int Decision = 64;

    // What a call and its result take at least, in tokens.
    private const int LeastRoom = 200;

    private TurnTools? _tools = offer.Notes;
    private Taint _taint = offer.Taint;
    private bool _isStuck;
    private int _promptTokens;
    private int _successes;
    private int _failures;

    /// <summary>Answers.</summary>
    /// <param name="turn">The stored turn.</param>
    /// <param name="messages">The prompt, for what tools have done and what was answered so far.</param>
    /// <param name="options">How to answer.</param>
    /// <param name="cancellationToken">Stops the model and the tools.</param>
    public async Task RunAsync(
        TurnId turn, Func<TurnTools?, string, IReadOnlyList<ChatMessage>> messages, Func<ChatOptions> options, CancellationToken cancellationToken = default)
    {
        await SaveAsync(turn, cancellationToken);
        while (true)
        {
            var (raw, calls) = await StreamAsync(messages(_tools, writer.Text), WithTools(options()), cancellationToken);
            if (calls.Count == 0)
            {
                if (raw.Length > 0)
                {
                    _tools = Tools with { Lead = raw };
                    await SaveAsync(turn, CancellationToken.None);
                }

                return;
            }

            var round = new ToolRound(raw, writer.Text.Length, []);
            foreach (var call in calls)
            {
                var use = await UseAsync(call, cancellationToken);
                use = await FitAsync(use, round, messages, cancellationToken);
                events.TryWrite(new ChatEvent.ToolFinished(use));
                round = round with { Uses = [.. round.Uses, use] };
            }

            _tools = With(round);
            await SaveAsync(turn, cancellationToken);
        }
    }

    private TurnTools Tools => _tools ?? new TurnTools();

    private ChatOptions WithTools(ChatOptions options)
    {
        options.Tools = offer.Callable.Count == 0 ? null : [.. offer.Callable.Select(tool => tool.Function)];
        options.MaxOutputTokens += offer.Callable.Count > 0 ? Decision : 0;
        options.ToolMode = MayCall ? ChatToolMode.Auto : ChatToolMode.None;

        // A model that was not trained for it would go on calling in one breath; it calls again once it has seen a result.
        options.AllowMultipleToolCalls = client.ToolFormat.IsNative;
        return options;
    }

    // A model that repeats itself, that could not mend a call once, or that has no room left for a result, is left to answer without.
    private bool MayCall => offer.NeedsTools && !_isStuck && Tools.Rounds.Count < MostRounds
        && (Tools.Rounds.Count == 0 || _promptTokens + offer.AnswerReserve + LeastRoom <= client.ContextLength);

    private TurnTools With(ToolRound round) => Tools with { Rounds = [.. Tools.Rounds, round] };

    private Task SaveAsync(TurnId turn, CancellationToken cancellationToken) =>
        _tools is null && !_taint.IsTainted ? Task.CompletedTask : log.SaveToolsAsync(turn, _tools, _taint.Origins, cancellationToken);

    private async Task<(string Raw, List<FunctionCallContent> Calls)> StreamAsync(IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        var raw = new StringBuilder();
        var calls = new List<FunctionCallContent>();
        var separator = writer.Text.Length > 0 ? "\n\n" : "";
        await foreach (var update in client.GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            outcome.Observe(update);
            foreach (var content in update.Contents)
            {
                switch (content)
                {
                    case TextContent { Text: { Length: > 0 } piece }:
                        Say(separator + piece);
                        separator = "";
                        break;
                    case TextReasoningContent { Text: var thought }:
                        raw.Append(thought);
                        break;
                    case FunctionCallContent call:
                        calls.Add(call);
                        break;
                }
            }
        }

        return (raw.ToString(), calls);
    }

    private void Say(string piece)
    {
        writer.Append(piece);
        events.TryWrite(new ChatEvent.Text(piece));
    }

    private async Task<ToolUse> UseAsync(FunctionCallContent asked, CancellationToken cancellationToken)
    {
        var call = new ToolCall(asked.CallId, asked.Name, JsonSerializer.SerializeToElement(asked.Arguments ?? new Dictionary<string, object?>(), AIJsonUtilities.DefaultOptions));
        events.TryWrite(new ChatEvent.ToolStarted(call));
        var result = await offer.RunAsync(call, _taint, cancellationToken);
        outcome.Observe(result.Status);
        _failures += result.Status == ToolStatus.Succeeded ? 0 : 1;
        _successes += result.Status == ToolStatus.Succeeded && call.Name != SearchToolsTool.Name ? 1 : 0;
        _isStuck |= result.Status == ToolStatus.Repeated || _failures > 1 || (_successes >= MostUntrained && !client.ToolFormat.IsNative);
        _taint = result.Origin is { } origin ? _taint.With(origin) : _taint;
        return new ToolUse(call.Id, call.Name, call.CanonicalArguments, result.Status.ToString().ToLowerInvariant(), TerminalText.Sanitize(result.Text))
        {
            Reason = result.Reason,
            Origin = result.Origin,
        };
    }

    // A result may take what the window has left beside the answer's reserve, and no more.
    private async Task<ToolUse> FitAsync(
        ToolUse use, ToolRound round, Func<TurnTools?, string, IReadOnlyList<ChatMessage>> messages, CancellationToken cancellationToken)
    {
        var cut = use;
        for (var length = use.Result.Length * 3 / 4; ; length = length * 3 / 4)
        {
            _promptTokens = await client.CountTokensAsync(messages(With(round with { Uses = [.. round.Uses, cut] }), writer.Text), cancellationToken: cancellationToken);
            if (_promptTokens + offer.AnswerReserve <= client.ContextLength || length < LeastResult)
            {
                return cut;
            }

            cut = use with { Result = CutText.At(use.Result, length, ", since the context window is full") };
        }
    }
}
