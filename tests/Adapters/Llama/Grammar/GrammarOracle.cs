using System.Text;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Native;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Grammar;

/// <summary>llama.cpp's own grammar engine over the starter model's vocabulary: what it admits is what a model can write.</summary>
internal sealed unsafe class GrammarOracle : IDisposable
{
    private static readonly Lazy<LlamaModel> VocabularyModel =
        new(() => LlamaModel.Load(Engine.Library, TestModels.StarterPath, new LlamaModelOptions { VocabularyOnly = true }));

    private static readonly Lazy<byte[][]> Pieces = new(ReadPieces);
    private static readonly Lazy<int[]> ByteTokens = new(FindByteTokens);

    private readonly LlamaSamplerHandle _grammar;

    public GrammarOracle(string grammar)
    {
        var sampler = LlamaNative.llama_sampler_init_grammar(Vocabulary.Pointer, grammar, "root");
        Assert.True(sampler != nint.Zero, $"llama.cpp refuses the grammar: {NativeLog.LastError}\n{grammar}");
        _grammar = new LlamaSamplerHandle(VocabularyModel.Value.Handle, sampler);
    }

    /// <summary>Whether the text may end here.</summary>
    public bool MayEnd => Admits(Vocabulary.EndOfSequence);

    private static LlamaVocabulary Vocabulary => VocabularyModel.Value.Vocabulary;

    /// <summary>Whether a model that follows the grammar can write exactly this text.</summary>
    public static bool Accepts(string grammar, string text)
    {
        using var oracle = new GrammarOracle(grammar);
        return oracle.Take(text) && oracle.MayEnd;
    }

    /// <summary>Writes a text with random tokens, any that the grammar admits, until it ends.</summary>
    /// <returns>The text, or null where it did not end within so many tokens.</returns>
    public static string? Sample(string grammar, Random random, int maxTokens)
    {
        using var oracle = new GrammarOracle(grammar);
        using var text = new MemoryStream();
        for (var i = 0; i < maxTokens; i++)
        {
            if (oracle.MayEnd && random.Next(3) == 0)
            {
                return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text.ToArray());
            }

            var admitted = oracle.Admitted();
            if (admitted.Length == 0)
            {
                Assert.True(oracle.MayEnd, $"The grammar leaves no way on after: {Encoding.UTF8.GetString(text.ToArray())}\n{grammar}");
                return Encoding.UTF8.GetString(text.ToArray());
            }

            var token = oracle.Choose(admitted, random);
            text.Write(Pieces.Value[token]);
        }

        return null;
    }

    public void Dispose() => _grammar.Dispose();

    private bool Take(string text)
    {
        // Byte by byte: the engine decodes across tokens, so how a text is cut makes no difference to it.
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            var token = ByteTokens.Value[value];
            if (!Admits(token))
            {
                return false;
            }

            LlamaNative.llama_sampler_accept(_grammar, token);
        }

        return true;
    }

    private int Choose(int[] admitted, Random random)
    {
        // What closes a value is one token among thousands: without help, texts would seldom end.
        int[] closing = [.. admitted.Where(token => Pieces.Value[token] is [(byte)'"' or (byte)'}' or (byte)']'])];
        var from = closing.Length > 0 && random.Next(3) == 0 ? closing : admitted;
        var chosen = from[random.Next(from.Length)];
        LlamaNative.llama_sampler_accept(_grammar, chosen);
        return chosen;
    }

    private int[] Admitted()
    {
        var data = new llama_token_data[Vocabulary.Count];
        for (var id = 0; id < data.Length; id++)
        {
            data[id].id = id;
        }

        fixed (llama_token_data* first = data)
        {
            var all = new llama_token_data_array { data = first, size = (nuint)data.Length, selected = -1 };
            LlamaNative.llama_sampler_apply(_grammar, &all);
        }

        return [.. data.Where(token => !float.IsNegativeInfinity(token.logit) && Pieces.Value[token.id].Length > 0).Select(token => token.id)];
    }

    private bool Admits(int token)
    {
        var candidate = new llama_token_data { id = token };
        var one = new llama_token_data_array { data = &candidate, size = 1, selected = -1 };
        LlamaNative.llama_sampler_apply(_grammar, &one);
        return !float.IsNegativeInfinity(candidate.logit);
    }

    private static byte[][] ReadPieces()
    {
        var buffer = new byte[256];
        return [.. Enumerable.Range(0, Vocabulary.Count).Select(token =>
            Vocabulary.IsEndOfGeneration(token) ? [] : buffer[..Vocabulary.WritePiece(token, buffer)])];
    }

    private static int[] FindByteTokens() => [.. Enumerable.Range(0, 256).Select(value => Array.FindIndex(Pieces.Value, piece => piece is [var only] && only == value))];
}
