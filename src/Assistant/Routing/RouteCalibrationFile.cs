using System.Text.Json;
using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Assistant.Routing;

/// <summary>Where the calibration is kept: numbers, and nothing that was said.</summary>
/// <param name="path">The file.</param>
internal sealed class RouteCalibrationFile(string path)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>What was calibrated; null where nothing was, or where it has a form of another version: then answers count as uncalibrated, and are as good as before.</summary>
    public RouteCalibration? Read()
    {
        try
        {
            return JsonSerializer.Deserialize<RouteCalibration>(File.ReadAllText(path), Json) is { Version: RouteCalibration.Form } calibration ? calibration : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Replaces it.</summary>
    public async Task WriteAsync(RouteCalibration calibration, CancellationToken cancellationToken = default)
    {
        DataFolder.Create(System.IO.Path.GetDirectoryName(path)!);
        await AtomicFile.WriteAsync(path, JsonSerializer.Serialize(calibration, Json) + "\n", cancellationToken);
    }

    /// <summary>Takes it away.</summary>
    public void Delete() => File.Delete(path);
}
