using System.Collections.Immutable;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Personas;

/// <summary>The personas that can be chosen: the shipped ones, and the user's, which win where the name is the same.</summary>
internal sealed class PersonaCatalog
{
    private PersonaCatalog(IEnumerable<Persona> personas, IEnumerable<PersonaProblem> problems)
    {
        All = [.. personas.OrderBy(persona => persona.Name, StringComparer.Ordinal)];
        Problems = [.. problems];
    }

    /// <summary>The folder of the shipped personas, beside the program.</summary>
    public static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "personas");

    public ImmutableArray<Persona> All { get; }

    /// <summary>The files that could not be read.</summary>
    public ImmutableArray<PersonaProblem> Problems { get; }

    public static PersonaCatalog Load(string shippedFolder, string userFolder)
    {
        Dictionary<string, Persona> personas = [];
        Dictionary<string, PersonaProblem> problems = [];
        foreach (var file in FilesIn(shippedFolder).Concat(FilesIn(userFolder)))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            try
            {
                personas[name] = PersonaFile.Read(file);
            }
            catch (Exception error) when (error is UsageException or IOException or UnauthorizedAccessException)
            {
                // A broken file of the user's must not silently fall back to the shipped persona of that name.
                personas.Remove(name);
                problems[name] = new PersonaProblem(name, error.Message);
            }
        }

        return new PersonaCatalog(personas.Values, problems.Values);
    }

    /// <summary>The persona of that name; an unknown name is a usage error that suggests the nearest, a broken file one that says what is wrong with it.</summary>
    public Persona Get(string name)
    {
        if (All.FirstOrDefault(persona => persona.Name == name) is { } found)
        {
            return found;
        }

        if (Problems.FirstOrDefault(problem => problem.Name == name) is { } problem)
        {
            throw new UsageException(problem.Message);
        }

        throw new UsageException($"There is no persona '{name}'; {DidYouMean.Ending(name, [.. All.Select(persona => persona.Name)])}");
    }

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal) : [];
}
