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

namespace PersonalAi.Assistant.Chat;

/// <summary>Has a model answer a turn: it may call tools, is told what came of them, and goes on until it calls none.</summary>
/// <param name="client">Answers.</param>
/// <param name="log">Stores what tools did, before the model is told.</param>
/// <param name="offer">The tools that the turn is offered.</param>
/// <param name="writer">Takes the answer.</param>
/// <param name="outcome">Counts what it costs.</param>
/// <param name="events">Told what happens.</param>
internal sealed class ToolRounds(
    ILocalChatClient client, ConversationLog log, ToolOffer offer, AnswerWriter writer, AnswerOutcome outcome, ChannelWriter<ChatEvent> events)
{
    // A model that goes on calling would never answer; so many calls are enough for what one question needs.
    private const int MostRounds = 8;

    // Below this, a result says nothing.
    private const int LeastResult = 64;

    private TurnTools? _tools = offer.Notes;
    private Taint _taint = offer.Taint;
    private int _invalid;

    /// <summary>Answers.</summary>
    /// <param name="turn">The stored turn.</param>
    /// <param name="messages">The prompt, for what tools have done and what was answered so far.</param>
    /// <param name="options">How to answer, for the tools that can be called.</param>
    /// <param name="cancellationToken">Stops the model and the tools.</param>
    public async Task RunAsync(
        TurnId turn, Func<TurnTools?, string, IReadOnlyList<ChatMessage>> messages, Func<IReadOnlyList<Tool>, ChatOptions> options, CancellationToken cancellationToken = default)
    {
        await SaveAsync(turn, cancellationToken);
        while (true)
        {
            var (raw, calls) = await StreamAsync(messages(_tools, writer.Text), options(Callable), cancellationToken);
            if (calls.Count == 0)
            {
                _tools = _tools is null && raw.Length == 0 ? null : (_tools ?? new TurnTools()) with { Lead = raw };
                await SaveAsync(turn, CancellationToken.None);
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

    // The second call that could not be understood is the last: the model is left to answer without.
    private IReadOnlyList<Tool> Callable => _invalid > 1 || (_tools?.Rounds.Count ?? 0) >= MostRounds ? [] : offer.Callable;

    private TurnTools With(ToolRound round) => (_tools ?? new TurnTools()) is var tools ? tools with { Rounds = [.. tools.Rounds, round] } : tools;

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
        _invalid += result.Status == ToolStatus.Invalid ? 1 : 0;
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
        for (var length = use.Result.Length; ; length = length * 3 / 4)
        {
            var tokens = await client.CountTokensAsync(messages(With(round with { Uses = [.. round.Uses, cut] }), writer.Text), cancellationToken: cancellationToken);
            if (tokens + offer.AnswerReserve <= client.ContextLength || length < LeastResult)
            {
                return cut;
            }

            cut = use with { Result = $"{use.Result[..length]}\n[Cut here: {length} of {use.Result.Length} characters are given, since the context window is full.]" };
        }
    }
}
