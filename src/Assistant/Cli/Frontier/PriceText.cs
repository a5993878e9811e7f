using System.Globalization;
using PersonalAi.Assistant.Frontier;

namespace PersonalAi.Assistant.Cli.Frontier;

/// <summary>Writes prices.</summary>
internal static class PriceText
{
    /// <summary>For a sentence: <c>$2 in and $10 out for a million tokens (2026-10-01)</c>.</summary>
    public static string Of(ModelPrice price) =>
        $"${Number(price.Input)} in and ${Number(price.Output)} out for a million tokens ({price.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})";

    /// <summary>An amount without zeros at its end.</summary>
    public static string Number(decimal amount) => amount.ToString("0.######", CultureInfo.InvariantCulture);
}
