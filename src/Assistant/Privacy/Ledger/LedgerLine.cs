using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PersonalAi.Assistant.Privacy.Ledger;

/// <summary>
/// An entry as a line of JSON whose last property is the SHA-256 of the line without it: anybody can check one with <c>sha256sum</c>.
/// </summary>
internal static class LedgerLine
{
    private const string HashProperty = ",\"hash\":\"";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>Writes an entry; its own hash is not looked at.</summary>
    public static (string Line, string Hash) Write(LedgerEntry entry)
    {
        var plain = JsonSerializer.Serialize(entry, Options);
        var hash = HashOf(plain);
        return ($"{plain[..^1]}{HashProperty}{hash}\"}}", hash);
    }

    /// <summary>Reads a line; null where it is no entry, or not the one that was written.</summary>
    public static LedgerEntry? Read(string line)
    {
        var end = line.LastIndexOf(HashProperty, StringComparison.Ordinal);
        if (end < 0 || !line.EndsWith("\"}", StringComparison.Ordinal))
        {
            return null;
        }

        var plain = $"{line[..end]}}}";
        var hash = line[(end + HashProperty.Length)..^2];
        try
        {
            return hash == HashOf(plain) && JsonSerializer.Deserialize<LedgerEntry>(plain, Options) is { } entry ? entry with { Hash = hash } : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
