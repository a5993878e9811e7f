using PersonalAi.Adapters.Models;

namespace PersonalAi.Tests.Fakes;

/// <summary>Random models for tests, with the starter's vocabulary unless a test wants another.</summary>
internal static class RandomModel
{
    /// <summary>Writes a model of Llama's architecture.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="shape">Its extents.</param>
    /// <param name="quantisation">How its matrices are stored.</param>
    /// <param name="vocabulary">Whose tokens and chat template it gets; the starter's where null.</param>
    /// <param name="seed">Other seeds give other weights.</param>
    /// <returns>The path.</returns>
    public static string Write(
        string path, LlamaShape shape, RandomQuantisation quantisation = RandomQuantisation.F16, GgufFile? vocabulary = null, int seed = 42)
    {
        using var output = File.Create(path);
        new RandomModelWriter(shape, quantisation, vocabulary ?? GgufFile.Read(TestModels.StarterPath), seed).WriteTo(output);
        return path;
    }
}
