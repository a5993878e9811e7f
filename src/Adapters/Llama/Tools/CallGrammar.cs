using System.Text.Json;
using PersonalAi.Adapters.Llama.Grammar;
using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>The grammar of an answer that may call tools.</summary>
/// <param name="Gbnf">The grammar.</param>
/// <param name="Unchecked">The tools whose arguments it does not hold to their schemas.</param>
internal sealed record CallGrammar(string Gbnf, IReadOnlySet<string> Unchecked)
{
    /// <summary>A grammar for these tools in this format.</summary>
    /// <param name="format">How calls are written.</param>
    /// <param name="offer">What may be called.</param>
    /// <param name="answerSchema">What an answer that calls nothing must meet; null for any text.</param>
    /// <exception cref="ModelException">The schema of the answer cannot be enforced; those of tools are left to who makes the call where they cannot.</exception>
    public static CallGrammar Compile(ToolFormat format, ToolOffer offer, JsonElement? answerSchema)
    {
        try
        {
            return Compile(new CallRules(), format, offer, answerSchema);
        }
        catch (ModelException) when (offer.Tools.Count > 0)
        {
            // Each schema may be small enough by itself and all of them too large together.
            return Compile(new CallRules(enforcesSchemas: false), format, offer, answerSchema);
        }
    }

    private static CallGrammar Compile(CallRules rules, ToolFormat format, ToolOffer offer, JsonElement? answerSchema)
    {
        var root = rules.Grammar.Reserve("root");
        var answer = answerSchema is { } schema ? rules.Grammar.Include(SchemaCompiler.Build(schema), "answer-") : null;
        rules.Grammar.Define(root, format.Answer(rules, offer, answer));
        LeftmostSearch.RefuseUnlessShort(rules.Grammar);
        return new CallGrammar(rules.Grammar.Write(), rules.Unchecked);
    }
}
