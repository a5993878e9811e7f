using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Personas;

namespace PersonalAi.Assistant.Doctor;

/// <summary>Whether the configured persona is there, and which persona files are broken.</summary>
internal sealed class PersonasCheck(Func<PersonaCatalog> personas, Func<PaiConfiguration> configuration) : HealthCheck("personas", HealthArea.Configuration)
{
    protected override Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        var catalog = personas();
        var name = configuration().Options.Persona;
        var found = $"{catalog.All.Length} personas, '{name}' is the one that a session starts with";
        if (catalog.All.All(persona => persona.Name != name))
        {
            // The catalogue's own sentence says what is wrong with it.
            catalog.Get(name);
        }

        return Task.FromResult(catalog.Problems.IsEmpty
            ? Finding.Ok($"{found}.")
            : Finding.Warning($"{found}; broken: {string.Join(" ", catalog.Problems.Select(problem => problem.Message))}", "Mend or remove the broken files."));
    }

    protected override Finding Translate(Exception error) => Finding.Failure(error.Message, "Choose another with 'pai config set persona NAME', or mend its file.");
}
