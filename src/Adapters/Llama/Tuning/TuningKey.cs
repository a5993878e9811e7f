using System.Globalization;
using PersonalAi.Adapters.Models;

namespace PersonalAi.Adapters.Llama.Tuning;

/// <summary>What a measurement holds for: once one of these changes, it is made again.</summary>
/// <param name="Machine">Processor, how many of them this process may use (quotas of containers included), and engine.</param>
/// <param name="Model">Architecture, size and file type: models that differ in their numbers only run alike.</param>
public sealed record TuningKey(string Machine, string Model)
{
    /// <summary>The key of a model on this machine.</summary>
    public static TuningKey Of(LlamaLibrary library, GgufFile file)
    {
        ArgumentNullException.ThrowIfNull(library);
        var processor = library.Devices.Count > 0 ? string.Join(" + ", library.Devices.Select(device => device.Description)) : "no device";
        return new TuningKey($"{processor}, {Environment.ProcessorCount} processors, llama.cpp {library.Version}", KindOf(file));
    }

    /// <summary>The kind of a model: <c>llama 13.0B Q4_K_M</c>.</summary>
    internal static string KindOf(GgufFile file)
    {
        var model = ModelInspection.Of(file);
        var size = model.Parameters < 1e9
            ? (model.Parameters / 1e6).ToString("0'M'", CultureInfo.InvariantCulture)
            : (model.Parameters / 1e9).ToString("0.0'B'", CultureInfo.InvariantCulture);
        return $"{model.Architecture} {size} {model.Quantisation}";
    }
}
