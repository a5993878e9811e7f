using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Grammar;
using PersonalAi.Adapters.Llama.Text;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>Says what an answer may look like, and makes contents of it while it comes.</summary>
internal sealed class AnswerReader
{
    private readonly WhiteSpaceTrim? _trim;
    private readonly CallParser? _parser;
    private readonly IReadOnlySet<string> _unchecked;
    private bool _hasCalled;

    private AnswerReader(string? grammar, WhiteSpaceTrim? trim, CallParser? parser, IReadOnlySet<string> @unchecked) =>
        (Grammar, _trim, _parser, _unchecked) = (grammar, trim, parser, @unchecked);

    /// <summary>What the answer must match, or null.</summary>
    public string? Grammar { get; }

    /// <summary>A reader of one answer.</summary>
    /// <param name="format">How calls are written.</param>
    /// <param name="offer">What may be called; null where there are no tools.</param>
    /// <param name="answer">What an answer that calls nothing must be.</param>
    /// <param name="isRaw">Whether every character counts.</param>
    /// <exception cref="ModelException">The response schema cannot be enforced.</exception>
    public static AnswerReader Of(ToolFormat format, ToolOffer? offer, ChatResponseFormat? answer, bool isRaw)
    {
        var trim = isRaw ? null : new WhiteSpaceTrim();
        if (offer is null || (offer.Calling == ToolCalling.Free && answer is ChatResponseFormatJson))
        {
            return new AnswerReader(GrammarOf(answer), trim, parser: null, new HashSet<string>());
        }

        var grammar = offer.Calling == ToolCalling.Free ? null : CallGrammar.Compile(format, offer, SchemaOf(answer));
        return new AnswerReader(grammar?.Gbnf, trim, format.Parse(offer), grammar?.Unchecked ?? offer.Tools.Select(tool => tool.Name).ToHashSet());
    }

    /// <summary>The contents that a step of a generation completes.</summary>
    public IEnumerable<AIContent> Read(GenerationStep step)
    {
        var contents = step switch
        {
            GenerationStep.Text { Piece: var piece } => Push(_trim?.Next(piece) ?? piece),
            _ => _parser?.Finish() ?? [],
        };
        foreach (var content in contents)
        {
            if (content is FunctionCallContent call)
            {
                _hasCalled = true;
                ToolFormat.MarkUnchecked(call, _unchecked);
            }

            yield return content;
        }
    }

    /// <summary>Why the answer ended: a call that was cut is none.</summary>
    public ChatFinishReason FinishReasonOf(GenerationEnd end) =>
        _hasCalled && !(end == GenerationEnd.Length && _parser!.IsInsideCall) ? ChatFinishReason.ToolCalls
        : end == GenerationEnd.Stop ? ChatFinishReason.Stop
        : ChatFinishReason.Length;

    private IEnumerable<AIContent> Push(string piece) => piece.Length == 0 ? [] : _parser?.Push(piece) ?? [new TextContent(piece)];

    private static string? GrammarOf(ChatResponseFormat? format) => format switch
    {
        ChatResponseFormatJson { Schema: { } schema } => JsonSchemaGrammar.Compile(schema),
        ChatResponseFormatJson => JsonSchemaGrammar.AnyObject,
        _ => null,
    };

    private static System.Text.Json.JsonElement? SchemaOf(ChatResponseFormat? format) =>
        format is ChatResponseFormatJson json ? json.Schema ?? CallRules.AnyObject : null;
}
