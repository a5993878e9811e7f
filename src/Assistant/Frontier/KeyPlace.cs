namespace PersonalAi.Assistant.Frontier;

/// <summary>Where the key of a server comes from.</summary>
/// <param name="Kind">What kind of place that is.</param>
/// <param name="Name">The variable, or the path of the file; empty for the keyring.</param>
internal sealed record KeyPlace(KeyPlaceKind Kind, string Name = "")
{
    /// <summary>For a list: <c>variable OPENAI_API_KEY</c>.</summary>
    public override string ToString() => Kind switch
    {
        KeyPlaceKind.Variable => $"variable {Name}",
        KeyPlaceKind.File => $"file {Name}",
        _ => "keyring",
    };
}

/// <summary>The kinds of places that keys come from, in the order in which they are looked at.</summary>
internal enum KeyPlaceKind
{
    /// <summary>An environment variable.</summary>
    Variable,

    /// <summary>A file in the data folder that only its owner can read.</summary>
    File,

    /// <summary>The keyring of the desktop.</summary>
    Keyring,
}
