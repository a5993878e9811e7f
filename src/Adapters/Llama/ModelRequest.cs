using PersonalAi.Adapters.Models.Fit;

namespace PersonalAi.Adapters.Llama;

/// <summary>A model as it shall be run: equal requests are served by one loaded model.</summary>
/// <param name="Path">A GGUF file that was found sound, as <see cref="Models.ModelStore.CheckAsync"/> does it: llama.cpp trusts what it reads.</param>
/// <param name="Sha256">The hash that it was found to have, so that another file of the same name is another model.</param>
public sealed record ModelRequest(string Path, string Sha256)
{
    /// <summary>What the user wishes of its run; the plan is made where it is loaded, from the memory and the measurements there.</summary>
    public RunWishes Wishes { get; init; } = new();

    /// <inheritdoc cref="LlamaContextOptions.Speculates"/>
    public bool Speculates { get; init; } = true;

    /// <summary>The models folder, where measurements of this machine are kept.</summary>
    public required string TuningFolder { get; init; }

    /// <summary>A chat template in place of the file's own; null for that.</summary>
    public string? Template { get; init; }

    /// <summary>The model's name: its file without folder and ending.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);
}
