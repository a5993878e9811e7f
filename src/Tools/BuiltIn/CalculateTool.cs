using System.ComponentModel;
using PersonalAi.Tools.BuiltIn.Calculation;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>Works out an expression. Sums, products and powers of whole numbers are exact; roots and other functions have 15 digits.</summary>
internal static class CalculateTool
{
    /// <summary>The tool.</summary>
    public static Tool Create() =>
        new(ToolFunction.Create("calculate", "Calculates an expression, like '(2 + 3) * 4', 'sqrt(2)' or '15% of 80'.", Calculate), ToolRisk.ReadsLocal, ToolTrust.Own)
        {
            Examples = ["what is 12 times 34", "how much is 15 percent of 80", "square root of 2", "add up these numbers 17 + 25 + 3", "divide the bill of 84 by 5 people"],
        };

    private static string Calculate([Description("numbers, + - * / ^ % and functions")] string expression)
    {
        var value = Formula.Evaluate(expression);
        return $"{expression.Trim()} = {value}{(value.IsRounded ? " (rounded)" : "")}";
    }
}
