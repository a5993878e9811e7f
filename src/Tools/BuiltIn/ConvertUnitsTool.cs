using System.ComponentModel;
using System.Globalization;
using PersonalAi.Tools.BuiltIn.Calculation;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>Converts a measure into another unit of the same quantity.</summary>
internal static class ConvertUnitsTool
{
    /// <summary>The tool.</summary>
    public static Tool Create() =>
        new(ToolFunction.Create("convert_units", "Converts a measure to another unit: length, weight, temperature, volume, speed and others.", Convert), ToolRisk.ReadsLocal, ToolTrust.Own)
        {
            Examples = ["how many kilometres are 26 miles", "convert 70 fahrenheit to celsius", "how much is 3 cups in millilitres", "5 feet 10 in cm", "pounds to kilograms"],
        };

    private static string Convert(double value, [Description("unit, like 'mi'")] string from, [Description("unit, like 'km'")] string to)
    {
        var (source, target) = (UnitTable.Find(from), UnitTable.Find(to));
        if (source.Quantity != target.Quantity)
        {
            throw new ToolException($"'{from}' is a unit of {source.Quantity} and '{to}' one of {target.Quantity}: give two units of the same quantity.");
        }

        var given = Rational.Parse(value.ToString("R", CultureInfo.InvariantCulture));
        var result = source.To(target, given);
        return $"{given} {source.Sign} = {result} {target.Sign}{(result.IsRounded ? " (rounded)" : "")}";
    }
}
