using System.Reflection;
using PersonalAi.Adapters.Models;

namespace PersonalAi.Tests.Fakes;

/// <summary>Real models for tests, made once per checkout in artifacts/test-models and shared by all test processes.</summary>
internal static class TestModels
{
    private static readonly ModelStore Store = new(Folder, Path.Combine(AppContext.BaseDirectory, "models"), TimeProvider.System);
    private static readonly Lazy<string> Starter = Once(() => Store.InstallAsync(BundledModel.Starter));
    private static readonly Lazy<string> MiniLm = Once(() => Store.InstallAsync(BundledModel.Embedding));
    private static readonly Lazy<string> Stories15M = Once(InstallStoriesAsync);

    /// <summary>Where the models lie: a models folder like a user's.</summary>
    public static string Folder => Build("TestModels");

    /// <summary>TinyLlama 1.1B Chat at IQ2_XXS: the model that setup installs.</summary>
    public static string StarterPath => Starter.Value;

    /// <summary>all-MiniLM-L6-v2 at F16: the embedding model that setup installs.</summary>
    public static string MiniLmPath => MiniLm.Value;

    /// <summary>A base model of 15 million parameters that tells children's stories: fast, and without a chat template.</summary>
    public static string Stories15MPath => Stories15M.Value;

    private static async Task<string> InstallStoriesAsync()
    {
        var path = Path.Combine(Folder, "stories15M.F16.gguf");
        var vocabulary = GgufFile.Read(StarterPath);
        using var _ = await ModelFolderLock.AcquireAsync(Folder, TimeProvider.System);
        if (!File.Exists(path))
        {
            Fakes.Stories15M.Convert(Build("Stories15M"), vocabulary, path + ".part");
            File.Move(path + ".part", path);
        }

        return path;
    }

    /// <summary>What the build wrote into this assembly about where things lie.</summary>
    private static string Build(string key) => typeof(TestModels).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;

    /// <summary>Off the caller's thread, so that no test's synchronisation context is waited for.</summary>
#pragma warning disable RS0030 // A constructor and a theory's data cannot await.
    private static Lazy<string> Once(Func<Task<string>> install) => new(() => Task.Run(install).GetAwaiter().GetResult());
#pragma warning restore RS0030
}
