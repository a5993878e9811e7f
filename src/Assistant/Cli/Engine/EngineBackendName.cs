using System.CommandLine;
using PersonalAi.Adapters.Engines;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Engine;

/// <summary>The argument that names what an engine computes on.</summary>
internal sealed class EngineBackendName : Argument<string>
{
    private static readonly EngineBackend[] All = Enum.GetValues<EngineBackend>();

    public EngineBackendName() : base("BACKEND") => Description = $"One of {string.Join(", ", All.Select(backend => backend.ToJsonName()))}";

    /// <summary>The build that is named.</summary>
    /// <exception cref="UsageException">There is none for this platform.</exception>
    public EngineBuild Get(ParseResult arguments)
    {
        var name = arguments.GetRequiredValue(this);
        var backend = All.Where(candidate => string.Equals(candidate.ToJsonName(), name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (backend is not [var wanted])
        {
            throw new UsageException($"'{name}' is not an engine; {DidYouMean.Ending(name, [.. All.Select(candidate => candidate.ToJsonName())])}");
        }

        return EngineBuilds.Here.FirstOrDefault(build => build.Backend == wanted)
            ?? throw new UsageException(
                $"There is no engine '{name}' for {EngineBuilds.Platform}, which has {string.Join(", ", EngineBuilds.Here.Select(build => build.Backend.ToJsonName()))}.");
    }
}
