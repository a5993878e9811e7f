using System.Reflection;
using System.Security.Cryptography;

namespace PersonalAi.Tests.Fakes;

/// <summary>Real models for tests, made once per checkout in artifacts/test-models and shared by every test process.</summary>
internal static class TestModels
{
    private static readonly Lazy<string> Starter = new(InstallStarter);

    /// <summary>Where the models lie.</summary>
    public static string Folder { get; } = typeof(TestModels).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "TestModels").Value!;

    /// <summary>TinyLlama 1.1B Chat at IQ2_XXS: the model that setup installs.</summary>
    public static string StarterPath => Starter.Value;

    private static string InstallStarter()
    {
        Directory.CreateDirectory(Folder);
        string path = Path.Combine(Folder, "tinyllama-1.1b-chat.IQ2_XXS.gguf");
        using FileStream mutex = WaitForLock(path + ".lock");
        if (File.Exists(path))
        {
            return path;
        }

        string parts = Path.Combine(AppContext.BaseDirectory, "models", "tinyllama-1.1b-chat");
        using (FileStream whole = File.Create(path + ".new"))
        {
            foreach (string part in new[] { "part1", "part2" })
            {
                using FileStream source = File.OpenRead(Path.Combine(parts, part, "model.part"));
                source.CopyTo(whole);
            }

            whole.Position = 0;
            string sha256 = Convert.ToHexStringLower(SHA256.HashData(whole));
            Xunit.Assert.Equal("9ee11adf737960ff06123d5c4fba24d12c5b05ba460a7afa88950fbf2b61add0", sha256);
        }

        File.Move(path + ".new", path);
        return path;
    }

    private static FileStream WaitForLock(string path)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                Thread.Yield();
            }
        }
    }
}
