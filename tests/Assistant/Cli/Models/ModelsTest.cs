using PersonalAi.Adapters.Models;
using PersonalAi.Tests.Fakes;

namespace PersonalAi.Tests.Assistant.Cli.Models;

/// <summary>A models folder of the test's own, and pai beside it.</summary>
public abstract class ModelsTest : IDisposable
{
    private protected ModelsTest() => Pai.Environment["PAI_MODELS"] = Folder;

    internal PaiSandbox Pai { get; } = new();

    protected string Folder => Path.Combine(Pai.Data, "models");

    public void Dispose()
    {
        Pai.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A model of Llama's architecture that is small enough to be written for one test.</summary>
    protected string WriteModel(string name)
    {
        Directory.CreateDirectory(Folder);
        return RandomModel.Write(Path.Combine(Folder, name), new LlamaShape());
    }

    protected string WriteFile(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Changes the last byte, and with it the time.</summary>
    protected static void FlipByte(string path)
    {
        using var file = File.Open(path, FileMode.Open);
        file.Position = file.Length - 1;
        var last = file.ReadByte();
        file.Position = file.Length - 1;
        file.WriteByte((byte)~last);
    }

    protected static string HashOf(string path) => ModelHash.Of(path);
}
