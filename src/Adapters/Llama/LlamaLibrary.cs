using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using PersonalAi.Adapters.Llama.Native;
using PersonalAi.Adapters.Models.Fit;

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

    /// <summary>Why the engine that was chosen does not compute as it was chosen for; null where it does.</summary>
    public string? Complaint { get; private set; }

    /// <summary>Receives llama.cpp's log, and that of what runs on it.</summary>
    internal ILogger Logger { get; }

    /// <summary>Loads the engine from a folder, or gives the one that this process has already loaded.</summary>
    /// <param name="engineRoot">A folder that holds the libraries, or a folder of such folders.</param>
    /// <param name="logger">Receives llama.cpp's own log.</param>
    /// <param name="fallback">The folder to take instead where nothing can be loaded from the first; null for none.</param>
    /// <exception cref="ModelException">
    /// The libraries are absent, cannot be loaded, or do not fit this binding (<see cref="ModelError.EngineMissing"/>).
    /// </exception>
    public static LlamaLibrary Load(string engineRoot, ILogger<LlamaLibrary> logger, string? fallback = null)
    {
        lock (Gate)
        {
            return _loaded ??= LoadChosen(engineRoot, logger, fallback);
        }
    }

    /// <summary>The memory of this machine and of the GPUs that this engine can compute on, as it is now.</summary>
    public MachineMemory ReadMemory() => MachineMemory.Read() with { Gpus = [.. Gpus().Select(gpu => gpu.ReadMemory())] };

    /// <summary>A device by its name.</summary>
    /// <exception cref="ModelException">There is none of that name.</exception>
    internal LlamaDevice Device(string name) => Devices.FirstOrDefault(device => device.Name == name)
        ?? throw new ModelException(ModelError.EngineMissing, $"The engine has no device \"{name}\": it has {string.Join(", ", Devices.Select(device => device.Name))}.");

    // As llama.cpp chooses them: GPUs that sit in the processor only where there are no others.
    private IEnumerable<LlamaDevice> Gpus()
    {
        var gpus = Devices.Where(device => device.Kind == LlamaDeviceKind.Gpu).ToList();
        return (gpus.Count > 0 ? gpus : Devices.Where(device => device.Kind == LlamaDeviceKind.IntegratedGpu)).Take((int)LlamaNative.llama_max_devices());
    }

    private static LlamaLibrary LoadChosen(string engineRoot, ILogger logger, string? fallback)
    {
        try
        {
            if (fallback is not null && !EngineFiles.AreIn(engineRoot))
            {
                throw new ModelException(ModelError.EngineMissing, $"The engine that was chosen is not in \"{engineRoot}\": install it with 'pai engine use'.");
            }

            var files = UseFiles(EngineFiles.Find(engineRoot));
            var library = LoadOnce(files, logger);
            library.Complaint = fallback is null ? null : FindComplaint(files, library);
            return library;
        }
        catch (ModelException e) when (e.Error == ModelError.EngineMissing && fallback is not null)
        {
            var library = LoadOnce(UseFiles(EngineFiles.Find(fallback)), logger);
            library.Complaint = e.Message;
            return library;
        }
    }

    private static string? FindComplaint(EngineFiles files, LlamaLibrary library)
    {
        if (files.GpuBackendPath is not { } path || library.Gpus().Any())
        {
            return null;
        }

        List<string> reasons = [];
        foreach (var backend in new[] { path, files.FallbackGpuBackendPath }.OfType<string>())
        {
            try
            {
                NativeLibrary.Free(NativeLibrary.Load(backend));
                reasons = ["it found none"];
                break;
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
            {
                reasons.Add(e.Message.Trim().Split('\n')[^1].Trim().TrimEnd('.'));
            }
        }

        return $"The engine in \"{files.Folder}\" offers no GPU here: {string.Join("; ", reasons)}.";
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
            var devices = ListDevices();
            if (files.FallbackGpuBackendPath is { } older && devices.All(device => device.Kind == LlamaDeviceKind.Processor) && LlamaNative.ggml_backend_load(older) != nint.Zero)
            {
                devices = ListDevices();
            }

            LlamaNative.llama_backend_init();
            return new LlamaLibrary(files, logger, version, devices, LlamaNative.Text(LlamaNative.llama_print_system_info()).Trim());
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
                LlamaNative.Text(LlamaNative.ggml_backend_dev_description(device)).Trim(),
                (LlamaDeviceKind)LlamaNative.ggml_backend_dev_type(device))
            { Handle = device });
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
