using System.Collections.Immutable;

namespace PersonalAi.Adapters.Host;

/// <summary>How the engine process is started.</summary>
/// <param name="File">The program.</param>
/// <param name="Arguments">What it is started with.</param>
/// <param name="Environment">Its whole environment.</param>
public sealed record EngineLaunch(string File, ImmutableArray<string> Arguments, ImmutableDictionary<string, string> Environment)
{
    // What a program needs to find its libraries, its devices, its language and its temporary folder; nothing with a secret in it.
    private static readonly ImmutableHashSet<string> Names = ImmutableHashSet.Create(
        OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal,
        "HOME", "USER", "USERNAME", "USERPROFILE", "LOCALAPPDATA", "SystemRoot", "SystemDrive", "TMP", "TEMP", "TMPDIR", "XDG_RUNTIME_DIR", "PATH",
        "LANG", "LANGUAGE", "TZ", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PAI_ENGINE", "PAI_RUN",
        "CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER", "HIP_VISIBLE_DEVICES", "VK_ICD_FILENAMES", "VK_DRIVER_FILES", "OMP_NUM_THREADS", "OMP_WAIT_POLICY");

    private static readonly ImmutableArray<string> Prefixes = ["LC_", "GGML_"];

    /// <summary>What of an environment the engine process may see.</summary>
    public static ImmutableDictionary<string, string> Strip(IEnumerable<KeyValuePair<string, string>> environment) =>
        environment.Where(variable => Names.Contains(variable.Key) || Prefixes.Any(prefix => variable.Key.StartsWith(prefix, StringComparison.Ordinal)))
            .ToImmutableDictionary()
            // No debugger is attached where llama.cpp aborts, and none may be attached from outside.
            .SetItem("GGML_NO_BACKTRACE", "1")
            .SetItem("DOTNET_EnableDiagnostics", "0");
}
