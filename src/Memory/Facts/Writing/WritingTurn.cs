using System.Collections.Immutable;

namespace PersonalAi.Memory.Facts.Writing;

/// <summary>A turn in which facts are looked for, with what is needed to judge them.</summary>
/// <param name="Text">What was written.</param>
/// <param name="SaidAt">When, in the user's time.</param>
public sealed record WritingTurn(string Text, DateTimeOffset SaidAt)
{
    /// <summary>How many turns before it are looked at for the person that a pronoun means.</summary>
    public const int MostEarlier = 3;

    /// <summary>Whose words they are; nothing is proposed from any but the user's.</summary>
    public TextOrigin Origin { get; init; }

    /// <summary>The memories that were given to the model in this turn and the ones before it: to say them again is no news.</summary>
    public ImmutableArray<string> Recalled { get; init; } = [];

    /// <summary>What the user said in the last turns of the same session, the newest last: whom "she" may mean.</summary>
    public ImmutableArray<string> Earlier { get; init; } = [];

    /// <summary>The facts that are known now.</summary>
    public ImmutableArray<KnownFact> Known { get; init; } = [];
}

/// <summary>A fact that is known, as the writer looks at it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Text">Its sentence.</param>
/// <param name="Attribute">What it tells about, such as <c>home</c>; null where nobody has said.</param>
public sealed record KnownFact(FactId Id, string Text, string? Attribute);
