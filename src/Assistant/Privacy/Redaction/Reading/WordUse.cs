namespace PersonalAi.Assistant.Privacy.Redaction.Reading;

/// <summary>What a word is used as.</summary>
[Flags]
internal enum WordUse
{
    /// <summary>The word is not known.</summary>
    None = 0,

    /// <summary>A given name.</summary>
    Given = 1,

    /// <summary>A family name.</summary>
    Family = 2,

    /// <summary>A country, a region or a city, or a word of its name.</summary>
    Place = 4,

    /// <summary>A word of English.</summary>
    Word = 8,

    /// <summary>A name that is a word as well, and more often.</summary>
    Everyday = 16,

    /// <summary>A name of a person.</summary>
    Name = Given | Family,
}
