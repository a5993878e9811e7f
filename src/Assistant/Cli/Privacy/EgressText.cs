using System.Globalization;
using System.Text.Json;
using PersonalAi.Assistant.Privacy.Ledger;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Privacy;

/// <summary>What left the machine, in words.</summary>
internal static class EgressText
{
    /// <summary>A value of an enumeration as the ledger writes it: <c>model-download</c>.</summary>
    public static string WordOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>What happened.</summary>
    public static string Describe(LedgerEntry entry) => entry.Event switch
    {
        LedgerEvent.Sent => $"{entry.Method}, {Quantity.Of(entry.Bytes ?? 0, "byte")}{(entry.Redactions is > 0 and var count ? $", {Quantity.Of(count, "redaction")}" : "")}",
        LedgerEvent.Answered => $"#{entry.Request} was answered with status {entry.Status}",
        LedgerEvent.Failed => $"#{entry.Request} failed: {entry.Failure}",
        _ => $"#{entry.Request} cost {entry.InputTokens} tokens in, {entry.OutputTokens} out{(entry.CostUsd is { } cost ? string.Create(CultureInfo.InvariantCulture, $", ${cost:0.####}") : "")}",
    };
}
