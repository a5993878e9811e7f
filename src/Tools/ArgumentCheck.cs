using System.Text.Json;
using NJsonSchema;
using NJsonSchema.Validation;

namespace PersonalAi.Tools;

/// <summary>Tells whether the arguments of a call meet the schema of its tool.</summary>
internal static class ArgumentCheck
{
    /// <summary>What is wrong with the arguments, for the model to mend; null where nothing is.</summary>
    public static async Task<string?> ProblemAsync(Tool tool, JsonElement arguments, CancellationToken cancellationToken = default)
    {
        var schema = await JsonSchema.FromJsonAsync(tool.Function.JsonSchema.GetRawText(), cancellationToken);
        var errors = schema.Validate(arguments.GetRawText());
        return errors.Count == 0 ? null : string.Join("; ", errors.Take(3).Select(Describe));
    }

    private static string Describe(ValidationError error) =>
        $"'{(error.Path is { Length: > 0 } path ? path.TrimStart('#', '/') : "arguments")}': {error.Kind}";
}
