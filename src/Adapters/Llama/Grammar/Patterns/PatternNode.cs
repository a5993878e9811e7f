using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Grammar.Patterns;

/// <summary>A part of a regular expression, without anchors.</summary>
internal abstract record PatternNode
{
    /// <summary>The fewest code points that match.</summary>
    public abstract long MinLength { get; }

    /// <summary>The most code points that match, or null without a bound.</summary>
    public abstract long? MaxLength { get; }

    /// <summary>How many characters it has with its repetitions written out: what a reader may have to keep track of at once.</summary>
    public abstract long Positions { get; }

    public sealed record Character(CharacterSet Set) : PatternNode
    {
        public override long MinLength => 1;

        public override long? MaxLength => 1;

        public override long Positions => 1;
    }

    public sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode
    {
        public override long MinLength { get; } = Parts.Sum(part => part.MinLength);

        public override long? MaxLength { get; } = Parts.Aggregate((long?)0, (sum, part) => sum + part.MaxLength);

        public override long Positions { get; } = Parts.Sum(part => part.Positions);
    }

    public sealed record Choice(IReadOnlyList<PatternNode> Alternatives) : PatternNode
    {
        public override long MinLength { get; } = Alternatives.Min(part => part.MinLength);

        public override long? MaxLength { get; } = Alternatives.Any(part => part.MaxLength is null) ? null : Alternatives.Max(part => part.MaxLength);

        public override long Positions { get; } = Alternatives.Sum(part => part.Positions);
    }

    public sealed record Repetition(PatternNode Part, long Min, long? Max) : PatternNode
    {
        public override long MinLength { get; } = Part.MinLength * Min;

        public override long? MaxLength { get; } = Max == 0 ? 0 : Part.MaxLength * Max;

        public override long Positions { get; } = Part.Positions * Math.Max(1, Max ?? Min);
    }
}
