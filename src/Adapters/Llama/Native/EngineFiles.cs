using System.Runtime.InteropServices;

namespace PersonalAi.Adapters.Llama.Native;

/// <summary>The library files of one engine build, whatever suffix its version gave their names.</summary>
/// <param name="Folder">The folder that holds them and the CPU backends.</param>
/// <param name="LlamaPath">libllama.</param>
/// <param name="GgmlPath">libggml.</param>
/// <param name="GgmlBasePath">libggml-base.</param>
internal sealed record EngineFiles(string Folder, string LlamaPath, string GgmlPath, string GgmlBasePath)
{
    private static readonly string Prefix = OperatingSystem.IsWindows() ? "" : "lib";
    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";

    /// <summary>The backend in the folder that computes on a GPU; null where it has none.</summary>
    internal string? GpuBackendPath => GpuBackendIn(Folder);

    /// <summary>The same backend for an older runtime of its maker; null where the build has none.</summary>
    internal string? FallbackGpuBackendPath => Path.Combine(Folder, "fallback") is var fallback && Directory.Exists(fallback) ? GpuBackendIn(fallback) : null;

    /// <summary>Whether a folder has a whole engine build.</summary>
    internal static bool AreIn(string folder) =>
        Directory.Exists(folder) && new[] { LlamaNative.Llama, LlamaNative.Ggml, LlamaNative.GgmlBase }.All(library => File(folder, library) is not null);

    /// <summary>Finds the engine build in <paramref name="root"/> or one of the folders in it.</summary>
    /// <exception cref="ModelException">No folder there has all three libraries.</exception>
    internal static EngineFiles Find(string root)
    {
        string[] folders = Directory.Exists(root) ? [root, .. Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal)] : [];
        foreach (var folder in folders)
        {
            if (File(folder, LlamaNative.Llama) is { } llama
                && File(folder, LlamaNative.Ggml) is { } ggml
                && File(folder, LlamaNative.GgmlBase) is { } ggmlBase)
            {
                return new EngineFiles(folder, llama, ggml, ggmlBase);
            }
        }

        throw new ModelException(
            ModelError.EngineMissing,
            $"No llama.cpp libraries for {RuntimeInformation.RuntimeIdentifier} were found in \"{root}\": build the project again, which installs them.");
    }

    /// <summary>The file of a library by the name that <see cref="LlamaNative"/> uses; null for other libraries.</summary>
    internal string? PathOf(string library) => library switch
    {
        LlamaNative.Llama => LlamaPath,
        LlamaNative.Ggml => GgmlPath,
        LlamaNative.GgmlBase => GgmlBasePath,
        _ => null,
    };

    // Backends are modules: on macOS too their names end as those of Linux do.
    private static string? GpuBackendIn(string folder) =>
        new[] { "cuda", "metal", "vulkan" }
            .Select(backend => Path.Combine(folder, $"{Prefix}ggml-{backend}{(OperatingSystem.IsWindows() ? ".dll" : ".so")}"))
            .FirstOrDefault(System.IO.File.Exists);

    // "libllama.so" as llama.cpp builds it, or "libllama.v0.5.0.so" as some packages name it.
    private static string? File(string folder, string library) =>
        Directory.EnumerateFiles(folder, $"{Prefix}{library}{Suffix}")
            .Concat(Directory.EnumerateFiles(folder, $"{Prefix}{library}.*{Suffix}").Order(StringComparer.Ordinal))
            .FirstOrDefault();
}
