using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PersonalAi.Adapters.Engines;

/// <summary>
/// The builds of llama.cpp that this program was made for, and the hashes of their packages. They are part of the program: whoever
/// can change what a registry serves cannot change them. The versions are those of package-lock.json.
/// </summary>
public static class EngineBuilds
{
    private const string Resource = "engines.json";

    private static readonly Lazy<ImmutableArray<EngineBuild>> Shipped = new(Read);

    /// <summary>All of them.</summary>
    public static ImmutableArray<EngineBuild> All => Shipped.Value;

    /// <summary>Those for this platform, the one that came with the program first.</summary>
    public static ImmutableArray<EngineBuild> Here => [.. All.Where(build => build.Platform == Platform).OrderByDescending(build => build.Bundled)];

    /// <summary>This platform, as npm's packages name it.</summary>
    public static string Platform =>
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "mac" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    private static ImmutableArray<EngineBuild> Read()
    {
        using var stream = typeof(EngineBuilds).Assembly.GetManifestResourceStream(Resource)!;
        return JsonSerializer.Deserialize(stream, EngineBuildsJson.Default.ImmutableArrayEngineBuild);
    }
}

/// <summary>Reads engines.json.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ImmutableArray<EngineBuild>))]
internal sealed partial class EngineBuildsJson : JsonSerializerContext;
