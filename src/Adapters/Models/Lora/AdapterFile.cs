using System.Collections.Immutable;

namespace PersonalAi.Adapters.Models.Lora;

/// <summary>
/// A LoRA adapter in GGUF, as llama.cpp's <c>convert_lora_to_gguf.py</c> writes it, whose header has been read and found sound. What
/// llama.cpp asserts or takes at its word (<c>llama-adapter.cpp</c>) is refused here with a sentence.
/// </summary>
public sealed class AdapterFile
{
    /// <summary>The key that names the one base model file an adapter belongs to, by its SHA-256; pai's own, since llama.cpp has none.</summary>
    public const string BaseHashKey = "pai.base_model.sha256";

    private const string AlphaKey = "adapter.lora.alpha";
    private const string InvocationKey = "adapter.alora.invocation_tokens";
    private const string EndOfA = ".lora_a", EndOfB = ".lora_b", EndOfNorm = "_norm.weight";

    private static readonly ImmutableArray<GgmlType> Types = [GgmlType.F32, GgmlType.F16, GgmlType.BF16, GgmlType.Q8_0];

    private readonly GgufFile _file;

    private AdapterFile(GgufFile file)
    {
        _file = file;
        RefuseUnlessLora();
        Architecture = file.Metadata.GetString("general.architecture");
        Alpha = ReadAlpha();
        BaseSha256 = ReadBaseHash();
        Pairs = ReadPairs();
    }

    /// <summary>The full path.</summary>
    public string Path => _file.Path;

    /// <summary>Size in bytes.</summary>
    public long Length => _file.Length;

    /// <summary>What its makers called it.</summary>
    public string? Name => Text("general.name");

    /// <summary>What its makers called the model that it belongs to.</summary>
    public string? BaseName => Text("general.base_model.0.name");

    /// <summary>The kind of network of its base model, e.g. <c>llama</c>.</summary>
    public string Architecture { get; }

    /// <summary>Divided by the rank, it is how strongly the adapter acts at scale 1; 0 stands for the rank itself.</summary>
    public float Alpha { get; }

    /// <summary>The hash of the one model file that it belongs to; null where it does not say.</summary>
    public string? BaseSha256 { get; }

    /// <summary>The matrices that it changes.</summary>
    public ImmutableArray<LoraPair> Pairs { get; }

    /// <summary>Norms in it, which llama.cpp does not apply.</summary>
    public int IgnoredTensors => _file.Tensors.Length - (2 * Pairs.Length);

    /// <summary>Reads and checks the header.</summary>
    /// <exception cref="ModelException">The file is absent, damaged, or no LoRA adapter.</exception>
    public static AdapterFile Read(string path) => new(GgufFile.Read(path));

    /// <summary>Refuses a base model that the adapter was not made for.</summary>
    /// <param name="model">The model's header, all its parts.</param>
    /// <param name="sha256">Its hash.</param>
    /// <exception cref="ModelException">Architecture, hash, or a matrix's name or extents differ (<see cref="ModelError.Unsupported"/>).</exception>
    public void RefuseUnlessFits(GgufFile model, string sha256)
    {
        ArgumentNullException.ThrowIfNull(model);
        var name = System.IO.Path.GetFileName(model.Path);
        var architecture = model.Metadata.GetString("general.architecture");
        if (architecture != Architecture)
        {
            throw Unsupported($"is made for the architecture {GgufReader.Quote(Architecture)}, and the model '{name}' is {GgufReader.Quote(architecture)}", OtherModel);
        }

        if (BaseSha256 is not null && BaseSha256 != sha256)
        {
            throw Unsupported($"is made for the model file with the SHA-256 {BaseSha256}, and '{name}' has {sha256}", OtherModel);
        }

        var tensors = model.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var pair in Pairs)
        {
            if (!tensors.TryGetValue(pair.Target, out var target))
            {
                throw Unsupported($"changes a matrix {GgufReader.Quote(pair.Target)}, which the model '{name}' does not have", OtherModel);
            }

            if (pair.IsEmbedding && !tensors.ContainsKey("output.weight"))
            {
                // llama.cpp would take the pair for the output too, and stop the process by an assertion, since it lies the other way round.
                throw Unsupported($"changes the embeddings, which the model '{name}' uses as its output too", "choose an adapter without them");
            }

            if (!pair.Fits(target))
            {
                throw Unsupported(
                    $"changes the matrix {GgufReader.Quote(pair.Target)} with {Shape(pair.A)} and {Shape(pair.B)}, which do not fit its {Shape(target)} in the model '{name}'",
                    OtherModel);
            }
        }
    }

    private const string OtherModel = "use it with the model it was made for";

    private void RefuseUnlessLora()
    {
        if (Text("general.type") is not "adapter")
        {
            throw Unsupported("is no adapter: 'general.type' does not say so", "name a model with --model, an adapter after its '+'");
        }

        if (Text("adapter.type") is var type && type is not "lora")
        {
            throw Unsupported($"is an adapter of the type {GgufReader.Quote(type ?? "")}, and the engine takes 'lora'", "choose another adapter");
        }

        if (_file.Split is not null)
        {
            throw Unsupported("is one of several parts", "choose an adapter in one file");
        }

        if (_file.Metadata.TryGet<object>(InvocationKey, out _))
        {
            throw Unsupported("acts only after certain tokens (activated LoRA), which pai does not do", "choose an ordinary LoRA adapter");
        }
    }

    private float ReadAlpha()
    {
        if (!_file.Metadata.TryGet<object>(AlphaKey, out var value))
        {
            return 0;
        }

        return value is float alpha && float.IsFinite(alpha)
            ? alpha
            : throw Corrupt($"has {GgufReader.Quote(FormattableString.Invariant($"{value}"))} under '{AlphaKey}', which is no finite number of 32 bits");
    }

    private string? ReadBaseHash()
    {
        if (!_file.Metadata.TryGet<object>(BaseHashKey, out var value))
        {
            return null;
        }

        return value is string { Length: 64 } hash && hash.All(char.IsAsciiHexDigit)
            ? hash.ToLowerInvariant()
            : throw Corrupt($"has {GgufReader.Quote($"{value}")} under '{BaseHashKey}', which is no SHA-256");
    }

    private ImmutableArray<LoraPair> ReadPairs()
    {
        var tensors = _file.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var pairs = ImmutableArray.CreateBuilder<LoraPair>();
        foreach (var tensor in _file.Tensors)
        {
            var isA = tensor.Name.EndsWith(EndOfA, StringComparison.Ordinal);
            var isB = tensor.Name.EndsWith(EndOfB, StringComparison.Ordinal);
            if (!isA && !isB)
            {
                RefuseUnlessNorm(tensor);
                continue;
            }

            if (!Types.Contains(tensor.Type))
            {
                throw Unsupported($"has a tensor {GgufReader.Quote(tensor.Name)} of type {tensor.Type}, and pai takes {string.Join(", ", Types)}", "convert it again");
            }

            var target = tensor.Name[..^EndOfA.Length];
            var other = tensors.GetValueOrDefault(target + (isA ? EndOfB : EndOfA))
                ?? throw Corrupt($"has a tensor {GgufReader.Quote(tensor.Name)} without its other half");
            if (isA)
            {
                pairs.Add(new LoraPair(target, tensor, other));
            }
        }

        return pairs.Count > 0 ? pairs.ToImmutable() : throw Corrupt("changes no matrix");
    }

    private void RefuseUnlessNorm(GgufTensor tensor)
    {
        if (!tensor.Name.EndsWith(EndOfNorm, StringComparison.Ordinal))
        {
            throw Unsupported($"has a tensor {GgufReader.Quote(tensor.Name)}, which is no half of a LoRA pair", "choose another adapter");
        }
    }

    private string? Text(string key) => _file.Metadata.TryGet<string>(key, out var value) ? value : null;

    private static string Shape(GgufTensor tensor) => string.Join(" x ", tensor.Shape);

    private ModelException Corrupt(string what) =>
        new(ModelError.Corrupt, $"The adapter file '{System.IO.Path.GetFileName(Path)}' {what}: replace it with a whole copy.");

    private ModelException Unsupported(string what, string advice) =>
        new(ModelError.Unsupported, $"The adapter file '{System.IO.Path.GetFileName(Path)}' {what}: {advice}.");
}
