using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using PersonalAi.Adapters.Llama.Native;

namespace PersonalAi.Adapters.Llama;

/// <summary>
/// llama.cpp, loaded once in a process and proven to fit this binding: its version is a pinned one and its default parameter
/// structs read back as known. Everything that needs the engine asks for this object, so that nothing runs on an unproven library.
/// </summary>
public sealed class LlamaLibrary
{
    /// <summary>The versions whose C interface this binding was written against; the npm packages differ by platform.</summary>
    internal static readonly string[] PinnedVersions = ["0.5.0", "0.4.0"];

    private static readonly Lock Gate = new();
    private static LlamaLibrary? _loaded;
    private static EngineFiles? _files;

    private LlamaLibrary(EngineFiles files, ILogger logger, string version, IReadOnlyList<LlamaDevice> devices, string systemDescription)
    {
        Logger = logger;
        Folder = files.Folder;
        Version = version;
        Devices = devices;
        SystemDescription = systemDescription;
    }

    /// <summary>The folder the libraries were loaded from.</summary>
    public string Folder { get; }

    /// <summary>llama.cpp's version, such as <c>0.5.0-dev</c>.</summary>
    public string Version { get; }

    /// <summary>The devices that the loaded backends offer, CPU included.</summary>
    public IReadOnlyList<LlamaDevice> Devices { get; }

    /// <summary>The name of the CPU backend's file that was found to suit this processor best; null where the system does not tell.</summary>
    public string? CpuBackend => field ??= FindCpuBackend();

    /// <summary>The instruction sets that the loaded CPU backend uses, in llama.cpp's own words.</summary>
    public string SystemDescription { get; }

    /// <summary>Receives llama.cpp's log, and that of what runs on it.</summary>
    internal ILogger Logger { get; }

    /// <summary>Loads the engine from a folder, or gives the one that this process has already loaded.</summary>
    /// <param name="engineRoot">A folder that holds the libraries, or a folder of such folders.</param>
    /// <param name="logger">Receives llama.cpp's own log.</param>
    /// <exception cref="ModelException">
    /// The libraries are absent, cannot be loaded, or do not fit this binding (<see cref="ModelError.EngineMissing"/>).
    /// </exception>
    public static LlamaLibrary Load(string engineRoot, ILogger<LlamaLibrary> logger)
    {
        lock (Gate)
        {
            return _loaded ??= LoadOnce(UseFiles(EngineFiles.Find(engineRoot)), logger);
        }
    }

    private static EngineFiles UseFiles(EngineFiles files)
    {
        // The runtime takes one resolver per assembly, so a second try after a refusal goes through the first one.
        if (_files is null)
        {
            NativeLibrary.SetDllImportResolver(
                typeof(LlamaLibrary).Assembly,
                (name, _, _) => _files?.PathOf(name) is { } path ? NativeLibrary.Load(path) : nint.Zero);
        }

        return _files = files;
    }

    private static unsafe LlamaLibrary LoadOnce(EngineFiles files, ILogger logger)
    {
        try
        {
            // ggml first: the others find it by its name once it is in the process.
            foreach (var path in new[] { files.GgmlBasePath, files.GgmlPath, files.LlamaPath })
            {
                NativeLibrary.Load(path);
            }

            var version = LlamaNative.Text(LlamaNative.llama_version()).TrimStart('v');
            RefuseUnlessItFits(version, files);

            NativeLog.Attach(logger);
            LlamaNative.ggml_backend_load_all_from_path(files.Folder);
            LlamaNative.llama_backend_init();
            return new LlamaLibrary(files, logger, version, ListDevices(), LlamaNative.Text(LlamaNative.llama_print_system_info()).Trim());
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new ModelException(
                ModelError.EngineMissing,
                $"The llama.cpp libraries in \"{files.Folder}\" cannot be loaded ({e.Message.Trim().Split('\n')[^1].Trim()}): build the project again on this machine.",
                e);
        }
    }

    private static void RefuseUnlessItFits(string version, EngineFiles files)
    {
        // The packaged builds call themselves "0.5.0-dev".
        var reason = PinnedVersions.Contains(version.Split('-')[0]) ? LayoutCheck.FindMismatch() : $"it is version {version}";
        if (reason is not null)
        {
            throw new ModelException(
                ModelError.EngineMissing,
                $"The llama.cpp library \"{files.LlamaPath}\" does not fit this program, which needs version {string.Join(" or ", PinnedVersions)}: {reason}.");
        }
    }

    private static unsafe List<LlamaDevice> ListDevices()
    {
        var devices = new List<LlamaDevice>();
        for (nuint i = 0; i < LlamaNative.ggml_backend_dev_count(); i++)
        {
            var device = LlamaNative.ggml_backend_dev_get(i);
            devices.Add(new LlamaDevice(
                LlamaNative.Text(LlamaNative.ggml_backend_dev_name(device)),
                LlamaNative.Text(LlamaNative.ggml_backend_dev_description(device)).Trim()));
        }

        return devices;
    }

    private static string? FindCpuBackend()
    {
        using var process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>()
            .Select(module => Path.GetFileName(module.FileName))
            .FirstOrDefault(name => name.Contains("ggml-cpu", StringComparison.Ordinal));
    }
}

/// <summary>A processor that a loaded backend can compute on.</summary>
/// <param name="Name">llama.cpp's short name, such as <c>CPU</c> or <c>CUDA0</c>.</param>
/// <param name="Description">The processor's own name.</param>
public sealed record LlamaDevice(string Name, string Description);
