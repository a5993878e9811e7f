using System.Collections.Immutable;

namespace PersonalAi.Memory.Documents.Reading.Organiser;

/// <summary>A person or an organisation of an address book.</summary>
/// <param name="Name">The name as it is shown.</param>
internal sealed record Contact(string Name)
{
    /// <summary>The id that it keeps in every copy of the address book; null where there is none.</summary>
    public string? Uid { get; init; }

    /// <summary>Other names of the same: nicknames and the given name.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    public ImmutableArray<string> Emails { get; init; } = [];

    public ImmutableArray<string> Phones { get; init; } = [];

    public Birthday? Birthday { get; init; }

    /// <summary>The organisation with its units: 'Example Ltd, Sales'.</summary>
    public string? Organisation { get; init; }

    public string? Note { get; init; }
}

/// <summary>A day of birth, of which many address books know no year.</summary>
internal readonly record struct Birthday(int? Year, int Month, int Day);
