using System.Collections.Immutable;

namespace PersonalAi.Assistant.Configuration;

/// <summary>The effective options, put together from all layers, and where each value comes from.</summary>
internal sealed class PaiConfiguration
{
    private readonly ImmutableArray<Assignment> _assignments;
    private readonly Dictionary<Setting, Origin> _origins = [];

    private PaiConfiguration(PaiOptions defaults, IEnumerable<Assignment> assignments)
    {
        // A stable sort: within a layer the later assignment wins.
        _assignments = [.. assignments.OrderBy(assignment => assignment.Origin.Layer)];
        Defaults = defaults;
        Options = defaults;
        foreach (var assignment in _assignments)
        {
            Options = assignment.ApplyTo(Options);
            _origins[assignment.Setting] = assignment.Origin;
        }
    }

    public PaiOptions Options { get; }

    public PaiOptions Defaults { get; }

    /// <summary>Reads the file and the environment, and puts the command line on top; a value that is not allowed is a usage error.</summary>
    public static PaiConfiguration Load(string file, Func<string, string?> environment, IEnumerable<Assignment> commandLine) =>
        new(DefaultsFor(environment), [.. ConfigurationFile.Read(file), .. InEnvironment(environment), .. commandLine]);

    /// <summary>The options before any layer: only the folders depend on the machine.</summary>
    public static PaiOptions DefaultsFor(Func<string, string?> environment) => new() { ModelsFolder = PlatformFolders.Models(environment) };

    /// <summary>The configuration with a persona's choices in it: they win over the file, not over environment and command line.</summary>
    public PaiConfiguration With(IEnumerable<Assignment> personaChoices) =>
        new(Defaults, [.. _assignments.Where(assignment => assignment.Origin.Layer != Layer.Persona), .. personaChoices]);

    public Origin OriginOf(Setting setting) => _origins.GetValueOrDefault(setting, new Origin(Layer.Default, "default"));

    private static IEnumerable<Assignment> InEnvironment(Func<string, string?> environment) =>
        from setting in Settings.All
        let text = environment(setting.Variable)
        where !string.IsNullOrWhiteSpace(text)
        select new Assignment(setting, text, new Origin(Layer.Environment, setting.Variable));
}
