using System.Text.Json.Serialization;

namespace PersonalAi.Assistant.Privacy.Ledger;

/// <summary>A line of the ledger: what left the machine, where to, for what and by whose word, or what came of it. Nothing that was said is in it.</summary>
internal sealed record LedgerEntry
{
    /// <summary>Its place: entries are counted from 1, without a gap.</summary>
    public long Number { get; init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset At { get; init; }

    public required LedgerEvent Event { get; init; }

    /// <summary>The number of the entry of the request that this one tells more of.</summary>
    public long? Request { get; init; }

    public required EgressPurpose Purpose { get; init; }

    /// <summary>Scheme, host and port.</summary>
    public required string Destination { get; init; }

    /// <summary>The consent by which it left.</summary>
    public required string Consent { get; init; }

    /// <summary>What that consent is, in the program's words.</summary>
    public string? Ground { get; init; }

    public string? Method { get; init; }

    /// <summary>Bytes of the body.</summary>
    public long? Bytes { get; init; }

    /// <summary>The SHA-256 of the body, in hexadecimal digits.</summary>
    public string? BodySha256 { get; init; }

    /// <summary>How many values placeholders stood for in it.</summary>
    public int? Redactions { get; init; }

    /// <summary>The status code of the answer.</summary>
    public int? Status { get; init; }

    /// <summary>What kind of failure it was; never the words of another program.</summary>
    public string? Failure { get; init; }

    /// <summary>Tokens of the packet: before it goes an estimate, then what was charged.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Tokens of the answer: before the packet goes the most that it may have, then what was charged.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>US dollars; null where no price is known.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>The hash of the entry before it; zeros for the first.</summary>
    public string Previous { get; init; } = "";

    /// <summary>The SHA-256 of the line without this property.</summary>
    [JsonIgnore]
    public string Hash { get; init; } = "";
}
