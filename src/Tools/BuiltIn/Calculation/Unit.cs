namespace PersonalAi.Tools.BuiltIn.Calculation;

/// <summary>A unit of measurement.</summary>
/// <param name="Quantity">What it measures.</param>
/// <param name="Sign">How it is written.</param>
/// <param name="Size">How many of the quantity's basic units one of it is: an expression, exact wherever the definition is.</param>
/// <param name="Names">How else it is called, in the singular.</param>
internal sealed record Unit(string Quantity, string Sign, string Size, string[] Names)
{
    /// <summary>Where its zero lies, in basic units; zero for everything but temperatures.</summary>
    public string Zero { get; init; } = "0";

    /// <summary>A value of this unit in another one of the same quantity.</summary>
    public Rational To(Unit other, Rational value)
    {
        var basic = (value * Formula.Evaluate(Size)) + Formula.Evaluate(Zero);
        return (basic - Formula.Evaluate(other.Zero)) / Formula.Evaluate(other.Size);
    }
}
