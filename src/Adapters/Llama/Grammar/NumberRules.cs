using System.Numerics;
using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>Integers and numbers between bounds, spelt digit by digit.</summary>
internal sealed class NumberRules(GbnfGrammar grammar, JsonRules json)
{
    // The largest integers of 15 digits, which a double holds exactly; a bound beyond them opens the 64-bit range.
    private const long MaxUnbounded = 999_999_999_999_999;
    private const int FractionDigits = 15;

    public GbnfNode BuildInteger(SchemaFacts facts)
    {
        if (facts.MultipleOf is not null and not 1)
        {
            throw RefuseMultiple(facts, "1 for integers");
        }

        if (facts.Lower is null && facts.Upper is null)
        {
            return json.Integer;
        }

        var lower = facts.Lower is { } low ? (low.Exclusive ? decimal.Floor(low.Value) + 1 : decimal.Ceiling(low.Value)) : (decimal?)null;
        var upper = facts.Upper is { } high ? (high.Exclusive ? decimal.Ceiling(high.Value) - 1 : decimal.Floor(high.Value)) : (decimal?)null;
        lower = Math.Max(lower ?? (upper < -MaxUnbounded ? long.MinValue : -MaxUnbounded), long.MinValue);
        upper = Math.Min(upper ?? (lower > MaxUnbounded ? long.MaxValue : MaxUnbounded), long.MaxValue);
        return lower <= upper
            ? grammar.Share($"integer-{lower}-{upper}", Integers((BigInteger)lower, (BigInteger)upper))
            : throw RefuseEmpty(facts);
    }

    public GbnfNode BuildNumber(SchemaFacts facts)
    {
        var digits = facts.MultipleOf switch
        {
            null => FractionDigits,
            1 => 0,
            var step => Enumerable.Range(1, FractionDigits).FirstOrDefault(places => step == Power(-places)),
        };
        if (digits == 0)
        {
            return facts.MultipleOf == 1 ? BuildInteger(facts) : throw RefuseMultiple(facts, "1, 0.1, 0.01 and so on");
        }

        if (facts.Lower is null && facts.Upper is null && facts.MultipleOf is null)
        {
            return json.Number;
        }

        var lower = Whole(facts.Lower) ?? new Edge(facts.Upper?.Value <= -MaxUnbounded ? long.MinValue : -MaxUnbounded - 1, Exclusive: true);
        var upper = Whole(facts.Upper) ?? new Edge(facts.Lower?.Value >= MaxUnbounded ? long.MaxValue : MaxUnbounded + 1, Exclusive: true);
        if (lower.Value > upper.Value || (lower.Value == upper.Value && (lower.Exclusive || upper.Exclusive)))
        {
            throw RefuseEmpty(facts);
        }

        return grammar.Share("number-range", Numbers(lower, upper, digits));
    }

    private static GbnfNode Integers(BigInteger first, BigInteger last)
    {
        var alternatives = new List<GbnfNode>();
        if (first < 0)
        {
            alternatives.Add(GbnfNode.Join(GbnfNode.Text("-"), DigitRange.Between(last < 0 ? -last : 1, -first)));
        }

        if (last >= 0)
        {
            alternatives.Add(DigitRange.Between(first > 0 ? first : 0, last));
        }

        return GbnfNode.OneOf(alternatives);
    }

    private static GbnfNode Numbers(Edge lower, Edge upper, int digits)
    {
        var alternatives = new List<GbnfNode>();
        if (lower.Value < 0)
        {
            var near = upper.Value < 0 ? upper : new Edge(0, upper.Value.IsZero && upper.Exclusive);
            alternatives.Add(GbnfNode.Join(GbnfNode.Text("-"), Magnitudes(near.Negated, lower.Negated, digits)));
        }

        if (upper.Value > 0 || (upper.Value.IsZero && !upper.Exclusive))
        {
            alternatives.Add(Magnitudes(lower.Value < 0 ? new Edge(0, Exclusive: false) : lower, upper, digits));
        }

        return GbnfNode.OneOf(alternatives);
    }

    // Between whole bounds, all whole parts but the last may have any fraction.
    private static GbnfNode Magnitudes(Edge near, Edge far, int digits)
    {
        var alternatives = new List<GbnfNode>();
        var first = near.Value;
        if (near.Exclusive)
        {
            alternatives.Add(GbnfNode.Join(DigitRange.Between(first, first), DigitRange.NonZeroFraction(digits)));
            first++;
        }

        if (first < far.Value)
        {
            alternatives.Add(GbnfNode.Join(DigitRange.Between(first, far.Value - 1), DigitRange.Fraction(digits).OrNothing()));
        }

        if (!far.Exclusive)
        {
            alternatives.Add(DigitRange.Between(far.Value, far.Value));
        }

        return GbnfNode.OneOf(alternatives);
    }

    private static Edge? Whole(NumberBound? bound)
    {
        if (bound is not null && (bound.Value != decimal.Truncate(bound.Value) || Math.Abs(bound.Value) > long.MaxValue))
        {
            throw SchemaRefusal.Keyword(bound.Place.Keyword, bound.Place.Pointer, "for numbers that are no integers, use a whole number of at most 64 bits");
        }

        return bound is null ? null : new Edge((BigInteger)bound.Value, bound.Exclusive);
    }

    private static decimal Power(int exponent) => Enumerable.Repeat(0.1m, -exponent).Aggregate(1m, (product, factor) => product * factor);

    private static ModelException RefuseMultiple(SchemaFacts facts, string possible) =>
        SchemaRefusal.Keyword("multipleOf", facts.Keywords["multipleOf"], $"it can be {possible}");

    private static ModelException RefuseEmpty(SchemaFacts facts)
    {
        var bound = (facts.Upper ?? facts.Lower)!;
        return SchemaRefusal.Invalid(bound.Place.Keyword, bound.Place.Pointer, "leaves no number that is large or small enough; correct it or the bound on the other side");
    }

    private readonly record struct Edge(BigInteger Value, bool Exclusive)
    {
        public Edge Negated => this with { Value = -Value };
    }
}
