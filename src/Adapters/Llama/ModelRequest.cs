namespace PersonalAi.Adapters.Llama;

/// <summary>A model as it shall be run: equal requests are served by one loaded model.</summary>
/// <param name="Path">A GGUF file that was found sound, as <see cref="Models.ModelStore.CheckAsync"/> does it: llama.cpp trusts what it reads.</param>
/// <param name="Sha256">The hash that it was found to have, so that another file of the same name is another model.</param>
public sealed record ModelRequest(string Path, string Sha256)
{
    /// <summary>How the file is loaded.</summary>
    public LlamaModelOptions Model { get; init; } = new();

    /// <summary>How it is run; a context window beyond what the model was trained for becomes that.</summary>
    public LlamaContextOptions Context { get; init; } = new();

    /// <summary>A chat template in place of the file's own; null for that.</summary>
    public string? Template { get; init; }

    /// <summary>The model's name: its file without folder and ending.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);
}
