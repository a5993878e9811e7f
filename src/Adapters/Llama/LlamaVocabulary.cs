using System.Text;
using PersonalAi.Adapters.Llama.Native;

namespace PersonalAi.Adapters.Llama;

/// <summary>A model's vocabulary: text to tokens and back, exactly as llama.cpp does it. Safe for use from any thread.</summary>
public sealed unsafe class LlamaVocabulary
{
    // llama_token_attr of llama.h.
    private const int Unknown = 1 << 0, Control = 1 << 3, StripLeft = 1 << 7, StripRight = 1 << 8;

    private readonly nint _vocab;
    private readonly LlamaModelHandle _model;
    private readonly Lazy<SpecialToken[]> _specialTokens;

    internal LlamaVocabulary(LlamaModelHandle model)
    {
        _model = model;
        _vocab = LlamaNative.llama_model_get_vocab(model);
        Count = LlamaNative.llama_vocab_n_tokens(_vocab);
        BeginOfSequence = LlamaNative.llama_vocab_bos(_vocab);
        EndOfSequence = LlamaNative.llama_vocab_eos(_vocab);
        AddsBeginOfSequence = LlamaNative.llama_vocab_get_add_bos(_vocab) != 0;
        _specialTokens = new Lazy<SpecialToken[]>(ListSpecialTokens);
    }

    /// <summary>How many tokens there are.</summary>
    public int Count { get; }

    /// <summary>The token that begins a text (BOS), or -1 where the model has none.</summary>
    public int BeginOfSequence { get; }

    /// <summary>The token that ends a text (EOS), or -1 where the model has none.</summary>
    public int EndOfSequence { get; }

    /// <summary>Whether the model was trained with BOS before every text.</summary>
    public bool AddsBeginOfSequence { get; }

    internal nint Pointer => _vocab;

    /// <summary>Tokens with a meaning of their own that text must not be able to forge, longest text first.</summary>
    internal IReadOnlyList<SpecialToken> SpecialTokens => _specialTokens.Value;

    /// <summary>Tokenises plain text: no BOS is added, and the text of a control token is not taken for the token.</summary>
    public int[] Tokenize(string text) => Tokenize(text, addSpecial: false);

    /// <summary>Tokenises plain text with the tokens round it that the model was trained with, such as BERT's [CLS] and [SEP].</summary>
    public int[] TokenizeWithSpecials(string text) => Tokenize(text, addSpecial: true);

    private int[] Tokenize(string text, bool addSpecial)
    {
        using var scope = new LlamaModelUse(_model);
        var utf8 = Encoding.UTF8.GetBytes(text);

        // A token stands for at least one byte; SentencePiece may put a space before the text, and special tokens may be added.
        var tokens = new int[utf8.Length + 3];
        fixed (byte* source = utf8)
        fixed (int* target = tokens)
        {
            var count = LlamaNative.llama_tokenize(_vocab, source, utf8.Length, target, tokens.Length, addSpecial ? (byte)1 : (byte)0, parseSpecial: 0);
            if (count < 0)
            {
                throw new ModelException(ModelError.Failed, $"The text of {utf8.Length} bytes could not be tokenised (code {count}).");
            }

            return tokens[..count];
        }
    }

    /// <summary>Whether a model says with this token that its answer ends.</summary>
    public bool IsEndOfGeneration(int token)
    {
        using var scope = new LlamaModelUse(_model);
        return LlamaNative.llama_vocab_is_eog(_vocab, token) != 0;
    }

    /// <summary>In what another vocabulary differs, so that tokens of one mean something else in the other; null if in nothing.</summary>
    internal string? FirstDifference(LlamaVocabulary other)
    {
        if (Count != other.Count)
        {
            return $"{Count} tokens and {other.Count}";
        }

        using var scope = new LlamaModelUse(_model);
        using var otherScope = new LlamaModelUse(other._model);
        for (var id = 0; id < Count; id++)
        {
            var (text, otherText) = (LlamaNative.Text(LlamaNative.llama_vocab_get_text(_vocab, id)), LlamaNative.Text(LlamaNative.llama_vocab_get_text(other._vocab, id)));
            if (text != otherText)
            {
                return $"token {id} is '{text}' and '{otherText}'";
            }
        }

        return null;
    }

    /// <summary>How many UTF-8 bytes a token stands for; none for control tokens.</summary>
    internal int PieceLength(int token)
    {
        using var scope = new LlamaModelUse(_model);
        return Math.Abs(LlamaNative.llama_token_to_piece(_vocab, token, null, 0, lstrip: 0, special: 0));
    }

    /// <summary>Writes the UTF-8 bytes of a token, which may be a part of a character; control tokens give none.</summary>
    /// <returns>The number of bytes written.</returns>
    internal int WritePiece(int token, Span<byte> buffer)
    {
        using var scope = new LlamaModelUse(_model);
        fixed (byte* target = buffer)
        {
            var count = LlamaNative.llama_token_to_piece(_vocab, token, target, buffer.Length, lstrip: 0, special: 0);
            return count >= 0
                ? count
                : throw new ModelException(ModelError.Failed, $"Token {token} needs {-count} bytes, more than the {buffer.Length} that are kept for one.");
        }
    }

    private SpecialToken[] ListSpecialTokens()
    {
        using var scope = new LlamaModelUse(_model);
        var tokens = new List<SpecialToken>();
        for (var id = 0; id < Count; id++)
        {
            var attributes = LlamaNative.llama_vocab_get_attr(_vocab, id);
            if ((attributes & (Control | Unknown)) != 0 && LlamaNative.Text(LlamaNative.llama_vocab_get_text(_vocab, id)) is { Length: > 0 } text)
            {
                tokens.Add(new SpecialToken(id, text, (attributes & StripLeft) != 0, (attributes & StripRight) != 0));
            }
        }

        return [.. tokens.OrderByDescending(token => token.Text.Length).ThenBy(token => token.Id)];
    }
}

/// <summary>A token that controls the model, such as <c>&lt;/s&gt;</c>.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Text">How templates write it.</param>
/// <param name="StripsLeft">Whether white space before it belongs to it.</param>
/// <param name="StripsRight">Whether white space after it belongs to it.</param>
internal sealed record SpecialToken(int Id, string Text, bool StripsLeft, bool StripsRight);
