using System.Collections.Immutable;
using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Assistant.Personas;

/// <summary>Whom the model plays: instructions, and the choices that go with them.</summary>
/// <param name="Name">The name of its file, without the extension.</param>
/// <param name="Instructions">What the model is told before the conversation; Markdown.</param>
internal sealed record Persona(string Name, string Instructions)
{
    /// <summary>One line for the list.</summary>
    public required string Description { get; init; }

    /// <summary>The file that it was read from.</summary>
    public required string File { get; init; }

    /// <summary>Model and sampling that it chooses, a layer of <see cref="PaiConfiguration"/>.</summary>
    public ImmutableArray<Assignment> Choices { get; init; } = [];

    /// <summary>Names of the tools that it may use.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>What may leave the machine on its behalf.</summary>
    public PersonaPrivacy Privacy { get; init; } = PersonaPrivacy.Local;
}

/// <summary>What may leave the machine on a persona's behalf.</summary>
internal enum PersonaPrivacy
{
    /// <summary>Nothing.</summary>
    Local,

    /// <summary>What the user approves.</summary>
    Ask,
}

/// <summary>A persona file that could not be read; the others are not affected.</summary>
/// <param name="Name">The persona that it would be.</param>
/// <param name="Message">File, line and reason: one sentence.</param>
internal sealed record PersonaProblem(string Name, string Message);
