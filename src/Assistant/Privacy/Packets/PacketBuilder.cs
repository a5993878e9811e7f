using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Frontier;
using PersonalAi.Assistant.Frontier;
using PersonalAi.Assistant.Privacy.Redaction;
using PersonalAi.Memory.Facts;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Privacy.Packets;

/// <summary>Makes packets: takes out what must not leave, puts placeholders for what says who is meant, and has the library write the bytes.</summary>
/// <param name="models">Writes the request, without sending it.</param>
/// <param name="redactor">Finds what placeholders stand for.</param>
/// <param name="labels">Finds what the user labelled.</param>
internal sealed class PacketBuilder(FrontierModels models, Redactor redactor, LabelledTexts labels)
{
    private const string AboutPlaceholders = "Words in brackets such as [PERSON_1] stand for values that are not told. Use them unchanged, as if they were the values.";

    private readonly OutgoingCheck _check = new(labels.FindNeverAsync);

    /// <summary>The packet of a draft. Nothing is sent.</summary>
    /// <exception cref="DeniedException">It holds something that never leaves this machine, or there is no key for its destination.</exception>
    public async Task<Packet> BuildAsync(PacketDraft draft, CancellationToken cancellationToken = default)
    {
        await RefuseNeverAsync(draft, cancellationToken);
        var placeholders = redactor.Begin();
        foreach (var text in TextsOf(draft))
        {
            placeholders.Learn(text);
        }

        draft = draft with { Items = [.. draft.Items.Where(item => item.Part != PacketPart.Told), .. await ToldAsync(draft, placeholders, cancellationToken)] };
        var messages = Messages(draft, placeholders);
        await RefuseRestAsync(messages, cancellationToken);
        var model = await models.OpenAsync(draft.Destination, cancellationToken);
        var request = await EgressGate.CaptureAsync(async http =>
        {
            using var chat = model.OpenChat(http);
            await chat.GetResponseAsync(messages, cancellationToken: cancellationToken);
        });
        return new Packet(draft, request, messages, placeholders, CostOf(draft.Destination, request));
    }

    // Before placeholders stand in it, which would hide what is looked for; and encoded texts are decoded first.
    private async Task RefuseNeverAsync(PacketDraft draft, CancellationToken cancellationToken)
    {
        if (await labels.FindNeverAsync(OutgoingForms.Lines(OutgoingForms.Of(string.Join('\n', TextsOf(draft)))), cancellationToken) is { } found)
        {
            throw new DeniedException($"Nothing was sent: it would hold {found}. Ask without it, or change the label ('pai memory label', 'pai docs label').");
        }
    }

    // What no placeholder stands for. The rest of the body is the user's own settings, and a model may have a name like a token.
    private async Task RefuseRestAsync(IEnumerable<ChatMessage> messages, CancellationToken cancellationToken)
    {
        if (await _check.FindAsync(JsonSerializer.SerializeToElement(messages.Select(message => message.Text)), cancellationToken) is { } found)
        {
            throw new DeniedException($"Nothing was sent: the packet would hold {found}. Ask without it.");
        }
    }

    // Facts labelled ask that are told by what goes, but are no item of it themselves: a yes to them is asked for as well.
    private async Task<IEnumerable<PacketItem>> ToldAsync(PacketDraft draft, Placeholders placeholders, CancellationToken cancellationToken)
    {
        var chosen = draft.Items.Where(item => item is { Part: PacketPart.Memory, IsTicked: true }).Select(item => item.Fact).ToHashSet();
        var ticked = draft.Items.Where(item => item is { Part: PacketPart.Told, IsTicked: true }).Select(item => item.Fact).ToHashSet();
        var text = string.Join('\n', draft.Items.Where(item => item is { IsSent: true, Part: not PacketPart.Memory }).Select(item => $"{placeholders.Apply(item.Text)}\n{placeholders.Apply(item.Answer)}"));
        return (await labels.FactsToldAsync(OutgoingForms.Lines(OutgoingForms.Of(text)), EgressLabel.Ask, cancellationToken))
            .Where(fact => !chosen.Contains(fact.Id))
            .Select(fact => new PacketItem(PacketPart.Told, fact.Text) { Fact = fact.Id, Label = fact.Egress, IsTicked = ticked.Contains(fact.Id) });
    }

    private static IEnumerable<string> TextsOf(PacketDraft draft) =>
        draft.Items.Where(item => item.IsSent).SelectMany(item => new[] { item.Text, item.Answer }).Where(text => text.Length > 0);

    // Earlier exchanges as they were, then memories and the question as one message.
    private static ImmutableArray<ChatMessage> Messages(PacketDraft draft, Placeholders placeholders)
    {
        var sent = draft.Items.Where(item => item.IsSent).ToList();
        var exchanges = sent.Where(item => item.Part == PacketPart.Exchange).SelectMany(item => new[]
        {
            new ChatMessage(ChatRole.User, placeholders.Apply(item.Text)), new ChatMessage(ChatRole.Assistant, placeholders.Apply(item.Answer)),
        }).ToList();
        var question = new StringBuilder();
        foreach (var memory in sent.Where(item => item.Part == PacketPart.Memory))
        {
            question.Append("- ").Append(placeholders.Apply(memory.Text)).Append('\n');
        }

        question.Append(question.Length > 0 ? "\n" : "").Append(placeholders.Apply(draft.Question));
        return
        [
            .. placeholders.Replacements.Count > 0 ? [new ChatMessage(ChatRole.System, AboutPlaceholders)] : Array.Empty<ChatMessage>(),
            .. exchanges,
            new ChatMessage(ChatRole.User, question.ToString()),
        ];
    }

    private PacketCost CostOf(FrontierDestination destination, CapturedRequest request)
    {
        var tokens = TokenEstimate.Of(request.Body.AsSpan());
        return new PacketCost(tokens, models.Settings.MaxTokens, models.Prices.Estimate(destination, tokens, models.Settings.MaxTokens));
    }
}
