using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Facts.Writing;

namespace PersonalAi.Assistant.Memories;

/// <summary>Has the local model propose facts from a turn, as JSON that a schema admits. What its own quotation does not prove is left out.</summary>
/// <param name="client">The local model.</param>
internal sealed class ModelProposer(ILocalChatClient client)
{
    private const int LongestTurn = 1_500;

    private const string Instructions =
        "You read one message of a user and list what it states about the user's life: name, home, work, family, likes, plans with a date. "
        + "Copy the words that state it into \"quote\", exactly as they stand. Write it as a sentence about \"the user\" into \"fact\", with the same words. "
        + "Questions, requests, jokes, quotations and things that are only imagined state nothing: answer with an empty list.";

    private static readonly ChatResponseFormat Form = ChatResponseFormat.ForJsonSchema(JsonDocument.Parse(
        """
        {
          "type": "object",
          "properties": {
            "facts": {
              "type": "array",
              "maxItems": 3,
              "items": {
                "type": "object",
                "properties": {
                  "quote": { "type": "string" },
                  "fact": { "type": "string" },
                  "kind": { "enum": ["profile", "preference", "event", "relation", "task"] }
                },
                "required": ["quote", "fact", "kind"],
                "additionalProperties": false
              }
            }
          },
          "required": ["facts"],
          "additionalProperties": false
        }
        """).RootElement.Clone());

    private static readonly ImmutableArray<ChatMessage> Examples =
    [
        new(ChatRole.User, "I moved to Bergen in March, what's a good raincoat?"),
        new(ChatRole.Assistant, """{"facts":[{"quote":"I moved to Bergen in March","fact":"The user moved to Bergen in March.","kind":"event"}]}"""),
        new(ChatRole.User, "If I had a boat I would call it Otto. Can you write a poem about that?"),
        new(ChatRole.Assistant, """{"facts":[]}"""),
        new(ChatRole.User, "my sister Ana doesn't eat fish"),
        new(ChatRole.Assistant, """{"facts":[{"quote":"my sister Ana doesn't eat fish","fact":"The user's sister Ana does not eat fish.","kind":"relation"}]}"""),
    ];

    /// <summary>What the model proposes, and its words prove. A small model is no judge of what is sure: all of it is to be looked at.</summary>
    public async Task<ImmutableArray<FactCandidate>> ProposeAsync(WritingTurn turn, CancellationToken cancellationToken = default)
    {
        if (turn.Origin != TextOrigin.User || turn.Text.Length is 0 or > LongestTurn)
        {
            return [];
        }

        var response = await client.GetResponseAsync(
            [new ChatMessage(ChatRole.System, Instructions), .. Examples, new ChatMessage(ChatRole.User, turn.Text)],
            new ChatOptions { Temperature = 0, MaxOutputTokens = 200, ResponseFormat = Form },
            cancellationToken);
        return [.. Read(response.Text).Select(fact => Candidate(fact, turn)).OfType<FactCandidate>().DistinctBy(candidate => candidate.Text)];
    }

    private static FactCandidate? Candidate(ProposedFact fact, WritingTurn turn)
    {
        var start = fact.Quote.Length == 0 ? -1 : turn.Text.IndexOf(fact.Quote, StringComparison.Ordinal);
        if (start < 0 || !Enum.TryParse<FactKind>(fact.Kind, ignoreCase: true, out var kind))
        {
            return null;
        }

        var candidate = new FactCandidate(fact.Fact, kind, start, fact.Quote.Length, "model") { Confidence = 0.5, Doubt = DoubtReason.Weak };
        return ClauseProof.Refuses(candidate, turn) || Admission.Check(candidate, turn) is not null ? null : candidate;
    }

    // An answer that was cut at its longest is no JSON: the turn then states nothing that could be proven.
    private static IReadOnlyList<ProposedFact> Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ProposedFacts>(json, JsonSerializerOptions.Web)?.Facts ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private sealed record ProposedFacts([property: JsonPropertyName("facts")] IReadOnlyList<ProposedFact> Facts);

    private sealed record ProposedFact(string Quote, string Fact, string Kind);
}
