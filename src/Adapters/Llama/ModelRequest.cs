using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;
using PersonalAi.Adapters.Models.Lora;

namespace PersonalAi.Adapters.Llama;

/// <summary>A model as it shall be run: requests that say the same are served by one model in memory.</summary>
/// <param name="Path">A GGUF file that was found sound, as <see cref="Models.ModelStore.CheckAsync"/> does it: llama.cpp trusts what it reads.</param>
/// <param name="Pin">What it was found to be, so that another file of the same name is another model.</param>
public sealed record ModelRequest(string Path, ModelPin Pin)
{
    /// <summary>The adapters that act on it.</summary>
    public IReadOnlyList<AdapterRequest> Adapters { get; init; } = [];

    /// <summary>A small model of the same vocabulary that guesses its tokens; null where they are guessed from the text alone.</summary>
    public DraftRequest? Draft { get; init; }

    /// <summary>What the user wishes of its run; the plan is made where it is loaded, from the memory and the measurements there.</summary>
    public RunWishes Wishes { get; init; } = new();

    /// <inheritdoc cref="LlamaContextOptions.Speculates"/>
    public bool Speculates { get; init; } = true;

    /// <summary>The models folder, where measurements of this machine are kept.</summary>
    public required string TuningFolder { get; init; }

    /// <summary>A chat template in place of the file's own; null for that.</summary>
    public string? Template { get; init; }

    /// <summary>The hash of its file.</summary>
    public string Sha256 => Pin.Sha256;

    /// <summary>The model's file without folder and ending, and its adapters as a reference names them.</summary>
    public string Name => $"{new ModelRef(System.IO.Path.GetFileNameWithoutExtension(Path), [.. Adapters.Select(adapter => new AdapterRef(adapter.Name, adapter.Scale))])}";
}

/// <summary>An adapter that shall act on a model.</summary>
/// <param name="Name">As it is called in references.</param>
/// <param name="Path">A file that was found sound, as <see cref="AdapterStore.CheckAsync"/> does it.</param>
/// <param name="Pin">What it was found to be.</param>
/// <param name="Scale">1 is as it was trained.</param>
public sealed record AdapterRequest(string Name, string Path, ModelPin Pin, float Scale);

/// <summary>A small model that guesses for a large one.</summary>
/// <param name="Path">A GGUF file that was found sound.</param>
/// <param name="Pin">What it was found to be.</param>
public sealed record DraftRequest(string Path, ModelPin Pin);
