using System.Collections.Immutable;
using PersonalAi.Adapters.Llama.Native;

namespace PersonalAi.Adapters.Engines;

/// <summary>The builds of llama.cpp that were installed besides the one that came with the program.</summary>
/// <param name="modelsFolder">The models folder, which has a folder for them.</param>
public sealed class EngineStore(string modelsFolder)
{
    /// <summary>The folder with a folder for each build.</summary>
    public string Folder { get; } = Path.Combine(modelsFolder, "engines");

    /// <summary>The folder of a build, whether or not it is installed.</summary>
    public string FolderOf(EngineBuild build)
    {
        ArgumentNullException.ThrowIfNull(build);
        return Path.Combine(Folder, $"{build.Backend.ToString().ToLowerInvariant()}-{build.Version}");
    }

    /// <summary>Whether a build is installed. A folder is given its name only when it is complete.</summary>
    public bool Has(EngineBuild build) => EngineFiles.AreIn(FolderOf(build));

    /// <summary>The build that a choice stands for; null for the one that came with the program.</summary>
    /// <param name="builds">The builds for this platform.</param>
    /// <param name="backend">What was chosen; null for nothing.</param>
    /// <returns>The build, which need not be installed.</returns>
    public static EngineBuild? Choose(ImmutableArray<EngineBuild> builds, EngineBackend? backend) =>
        builds.FirstOrDefault(build => build.Backend == backend && !build.Bundled);
}
