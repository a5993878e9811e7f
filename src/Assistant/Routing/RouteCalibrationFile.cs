using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Assistant.Routing;

/// <summary>Where calibrations are kept, one for each model, since margins of one say nothing of another's: numbers, and nothing that was said.</summary>
/// <param name="path">The file.</param>
internal sealed class RouteCalibrationFile(string path)
{
    private const int Form = 1;
    private const string Explanation = "An answer of mean margin m is good with probability 1 / (1 + exp(-(intercept + slope * m))) by your own thumbs, and unsure below the threshold; 'pai eval route' writes this.";

    private static readonly ImmutableSortedDictionary<string, RouteCalibration> None = ImmutableSortedDictionary<string, RouteCalibration>.Empty;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>What was calibrated, by model; empty where nothing was, or where the file has the form of another version: answers then count as uncalibrated.</summary>
    public ImmutableSortedDictionary<string, RouteCalibration> Read()
    {
        try
        {
            return JsonSerializer.Deserialize<Content>(File.ReadAllText(path), Json) is { Version: Form, Models: { } models } ? models : None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return None;
        }
    }

    /// <summary>Replaces what was calibrated.</summary>
    public async Task WriteAsync(ImmutableSortedDictionary<string, RouteCalibration> models, CancellationToken cancellationToken = default)
    {
        DataFolder.Create(System.IO.Path.GetDirectoryName(path)!);
        await AtomicFile.WriteAsync(path, JsonSerializer.Serialize(new Content(Form, Explanation, models), Json) + "\n", cancellationToken);
    }

    private sealed record Content(int Version, string About, ImmutableSortedDictionary<string, RouteCalibration>? Models);
}
