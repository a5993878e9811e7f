using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using PersonalAi.Adapters.Engines;

namespace PersonalAi.Tests.Adapters.Engines;

/// <summary>The archive of an npm package, as a test says what is in it.</summary>
internal sealed class PackedEngine
{
    private PackedEngine(byte[] bytes, string name)
    {
        Bytes = bytes;
        Package = new EnginePackage(name, bytes.Length, InstalledBytes: 1, $"sha512-{Convert.ToBase64String(SHA512.HashData(bytes))}");
    }

    public byte[] Bytes { get; }

    public EnginePackage Package { get; }

    /// <summary>The files of a whole engine, and what npm packages hold besides.</summary>
    public static PackedEngine Whole() => Of(
        "@scope/linux-x64-vulkan",
        [.. new[] { "package.json", "LICENSE", "dist/index.js" }.Select(Entry),
        .. new[] { "libllama.vulkan.v1.so", "libggml.vulkan.v1.so", "libggml-base.so", "libggml-vulkan.so", "llama-addon.node", "ggml.lib" }.Select(file => Entry($"bins/linux-x64-vulkan/{file}"))]);

    public static PackedEngine Of(string name, params TarEntry[] entries)
    {
        using var bytes = new MemoryStream();
        using (var zipped = new GZipStream(bytes, CompressionLevel.NoCompression, leaveOpen: true))
        using (var tar = new TarWriter(zipped))
        {
            foreach (var entry in entries)
            {
                tar.WriteEntry(entry);
            }
        }

        return new PackedEngine(bytes.ToArray(), name);
    }

    public static TarEntry Entry(string path) => new PaxTarEntry(TarEntryType.RegularFile, $"package/{path}") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes($"this is {path}")) };

    public static TarEntry Link(string path, string target) => new PaxTarEntry(TarEntryType.SymbolicLink, $"package/{path}") { LinkName = target };
}
