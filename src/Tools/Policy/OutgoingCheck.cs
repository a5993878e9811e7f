using System.Text.Json;

namespace PersonalAi.Tools.Policy;

/// <summary>Looks through the arguments of a call for what must not leave the machine: secrets, and texts that the user labelled so.</summary>
/// <param name="forbidden">
/// Tells what kind of thing in a text must not leave, and null where there is none; it is given all forms of the arguments, each on a line
/// of its own, and its answer must not quote them.
/// </param>
public sealed class OutgoingCheck(Func<string, CancellationToken, Task<string?>>? forbidden = null)
{
    /// <summary>What kind of thing was found: <c>a password</c>; null where nothing was.</summary>
    public async Task<string?> FindAsync(JsonElement arguments, CancellationToken cancellationToken = default)
    {
        var text = string.Join('\n', TextsIn(arguments, name: ""));
        var forms = OutgoingForms.Of(text);
        return forms.Select(Secrets.FindIn).FirstOrDefault(kind => kind is not null)
            ?? (forbidden is null ? null : await forbidden(OutgoingForms.Lines(forms), cancellationToken))
            ?? (Secrets.HasRandomToken(text) ? "a token that looks like a secret" : null);
    }

    // Names too, since they can carry something as well as values, and tell what a value is.
    private static IEnumerable<string> TextsIn(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => TextsIn(property.Value, property.Name)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => TextsIn(item, name)),
        JsonValueKind.String => [$"{name}={value.GetString()}"],
        _ => [$"{name}={value.GetRawText()}"],
    };
}
