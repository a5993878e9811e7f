using System.Text.Json;
using NJsonSchema;
using NJsonSchema.Validation;

namespace PersonalAi.Tools;

/// <summary>Tells whether the arguments of a call meet the schema of its tool.</summary>
public static class ArgumentCheck
{
    /// <summary>What is wrong with the arguments, for the model to mend; null where nothing is.</summary>
    /// <param name="schema">The JSON schema of the tool.</param>
    /// <param name="arguments">A JSON object.</param>
    /// <param name="cancellationToken">Stops reading the schema.</param>
    public static async Task<string?> ProblemAsync(JsonElement schema, JsonElement arguments, CancellationToken cancellationToken = default)
    {
        if (!IsText(arguments))
        {
            return "a text holds half of a character";
        }

        try
        {
            var compiled = await JsonSchema.FromJsonAsync(schema.GetRawText(), cancellationToken);
            var errors = compiled.Validate(arguments.GetRawText());
            return errors.Count == 0 ? null : string.Join("; ", errors.Take(3).Select(Describe));
        }
#pragma warning disable CA1031 // Schemas are other people's: whatever the validator throws at one, the call does not run.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return "the schema of the tool cannot be read, so that no arguments can be right";
        }
    }

    // JSON can write halves of surrogate pairs ("\ud800"), which no text may hold: who reads them throws.
    private static bool IsText(JsonElement arguments)
    {
        try
        {
            return CanonicalJson.Of(arguments).Length > 0;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string Describe(ValidationError error) =>
        $"'{(error.Path is { Length: > 0 } path ? path.TrimStart('#', '/') : "arguments")}': {error.Kind}";
}
