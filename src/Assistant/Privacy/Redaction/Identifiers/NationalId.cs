using System.Text.RegularExpressions;

namespace PersonalAi.Assistant.Privacy.Redaction.Identifiers;

/// <summary>A number that a state gives its people.</summary>
/// <param name="Shape">What it looks like.</param>
/// <param name="IsRight">Whether its letters and digits, in upper case and without marks, pass its check.</param>
/// <param name="Name">How it is called in a text that holds one; null where the shape and the check say enough.</param>
internal sealed record NationalId(Regex Shape, Func<string, bool> IsRight, Regex? Name = null);
