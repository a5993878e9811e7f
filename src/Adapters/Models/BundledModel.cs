using System.Collections.Immutable;

namespace PersonalAi.Adapters.Models;

/// <summary>A model that setup brings along in parts or in another format, and of which the whole file is known in advance.</summary>
public abstract class BundledModel
{
    /// <summary>TinyLlama 1.1B Chat v1.0 at IQ2_XXS: answers on any machine, though not cleverly.</summary>
    public static readonly BundledModel Starter = new AssembledModel("part1/model.part", "part2/model.part")
    {
        Name = "tinyllama-1.1b-chat",
        FileName = "tinyllama-1.1b-chat.IQ2_XXS.gguf",
        Bytes = 322_591_712,
        Sha256 = "9ee11adf737960ff06123d5c4fba24d12c5b05ba460a7afa88950fbf2b61add0",
    };

    /// <summary>all-MiniLM-L6-v2: texts to vectors of 384 numbers.</summary>
    public static readonly BundledModel Embedding = new ConvertedModel(
        "model.fp16.safetensors", "all-MiniLM-L6-v2", "6638f625a0a60bdaa1e34c5fee0a17c705f13b98b43a7973e9d366106a55273d")
    {
        Name = "all-minilm-l6-v2",
        FileName = "all-minilm-l6-v2.F16.gguf",
        Bytes = 46_223_360,
        Sha256 = "c7c93254ff7163be64c034c81e3881272e6518641ed1a60ddba6a75b85b68760",
    };

    private protected BundledModel()
    {
    }

    /// <summary>Every bundled model.</summary>
    public static ImmutableArray<BundledModel> All { get; } = [Starter, Embedding];

    /// <summary>What it is called, and the folder of its source within the bundle.</summary>
    public required string Name { get; init; }

    /// <summary>What the whole file is called in the models folder.</summary>
    public required string FileName { get; init; }

    /// <summary>Size of the whole file.</summary>
    public required long Bytes { get; init; }

    /// <summary>Hash of the whole file, in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What making it is called in reports of progress.</summary>
    internal abstract ModelStage Stage { get; }

    /// <summary>Makes the whole file from the folder of its source.</summary>
    internal abstract void Write(string folder, Stream output);
}
