using System.Collections.Immutable;

namespace PersonalAi.Adapters.Engines;

/// <summary>What a build of llama.cpp computes on besides the processor.</summary>
public enum EngineBackend
{
    /// <summary>The processor alone.</summary>
    Cpu,

    /// <summary>GPUs of NVIDIA.</summary>
    Cuda,

    /// <summary>GPUs of every maker that has a Vulkan driver.</summary>
    Vulkan,

    /// <summary>GPUs of Apple.</summary>
    Metal,
}

/// <summary>One build of llama.cpp for one platform, as npm packages hold it.</summary>
/// <param name="Platform">As npm's packages name it: <c>linux-x64</c>.</param>
/// <param name="Backend">What it computes on.</param>
/// <param name="Version">The version of its packages.</param>
/// <param name="Packages">The packages that it is made of; those after the first add files to it.</param>
public sealed record EngineBuild(string Platform, EngineBackend Backend, string Version, ImmutableArray<EnginePackage> Packages)
{
    /// <summary>Whether it came with the program.</summary>
    public bool Bundled { get; init; }

    /// <summary>What has to be fetched, in bytes.</summary>
    public long Bytes => Packages.Sum(package => package.Bytes);

    /// <summary>What it takes on disk once it is installed, in bytes.</summary>
    public long InstalledBytes => Packages.Sum(package => package.InstalledBytes);
}

/// <summary>An npm package with library files of llama.cpp.</summary>
/// <param name="Name">With its scope.</param>
/// <param name="Bytes">The size of its archive.</param>
/// <param name="InstalledBytes">The size of the library files in it.</param>
/// <param name="Integrity">The hash of its archive as npm's lock files write it: <c>sha512-</c> and base64.</param>
public sealed record EnginePackage(string Name, long Bytes, long InstalledBytes, string Integrity)
{
    /// <summary>The file's name at a registry: the package's name without its scope, and its version.</summary>
    internal string FileName(string version) => $"{Name[(Name.IndexOf('/', StringComparison.Ordinal) + 1)..]}-{version}.tgz";
}
