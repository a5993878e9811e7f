using PersonalAi.Adapters.Engines;

namespace PersonalAi.Assistant.Configuration;

/// <summary>Where llama.cpp is loaded from.</summary>
/// <param name="Folder">A folder with its libraries, or a folder of such folders.</param>
/// <param name="Fallback">The folder to take where nothing can be loaded from the first; null for none.</param>
internal sealed record EnginePlace(string Folder, string? Fallback)
{
    /// <summary>Tells the engine process what was chosen, since it does not read the configuration.</summary>
    public const string ChosenVariable = "PAI_ENGINE_CHOSEN";

    private const string GivenVariable = "PAI_ENGINE";

    /// <summary>The build that came with the program.</summary>
    public static EnginePlace Bundled { get; } = new(Path.Combine(AppContext.BaseDirectory, "engine"), Fallback: null);

    /// <summary>The variable that makes another process take the same one.</summary>
    public (string Name, string Value) Variable => (Fallback is null ? GivenVariable : ChosenVariable, Path.GetFullPath(Folder));

    /// <summary>Finds it: where PAI_ENGINE says, else the build that was chosen, else the one that came with the program.</summary>
    /// <param name="environment">The variables.</param>
    /// <param name="options">The configuration; null where it cannot be used or is not to be read.</param>
    public static EnginePlace Find(Func<string, string?> environment, PaiOptions? options)
    {
        if (environment(GivenVariable) is { Length: > 0 } given)
        {
            return new EnginePlace(given, Fallback: null);
        }

        if (environment(ChosenVariable) is { Length: > 0 } chosen)
        {
            return new EnginePlace(chosen, Bundled.Folder);
        }

        return options is not null && EngineStore.Choose(EngineBuilds.Here, options.Engine.Backend) is { } build
            ? new EnginePlace(new EngineStore(options.ModelsFolder).FolderOf(build), Bundled.Folder)
            : Bundled;
    }
}
