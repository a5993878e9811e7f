using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace PersonalAi.Assistant.Frontier;

/// <summary>What a model elsewhere costs, in US dollars for a million tokens.</summary>
/// <param name="Model">The reference of the model; <c>*</c> stands for any characters, and a dated version of the model is meant too.</param>
/// <param name="Input">For what is sent.</param>
/// <param name="Output">For what comes back.</param>
/// <param name="AsOf">When the price was read.</param>
internal sealed partial record ModelPrice(string Model, decimal Input, decimal Output, DateOnly AsOf)
{
    private const decimal Million = 1_000_000;

    /// <summary>For what is sent and was sent before; null where that costs as much.</summary>
    public decimal? Cached { get; init; }

    /// <summary>It holds for requests of more tokens than this; null for those of any length.</summary>
    public int? Over { get; init; }

    /// <summary>Where it was read.</summary>
    public string? Source { get; init; }

    /// <summary>Whether the user has set it.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Whether it is the price of a model for a request of a length.</summary>
    public bool Covers(string reference, long tokensIn) => !(tokensIn <= Over) && (Matches(reference, Model) || Matches(WithoutDate(reference), Model));

    /// <summary>What an answer costs in US dollars.</summary>
    /// <param name="tokensIn">Tokens that are sent, those in the cache included.</param>
    /// <param name="tokensOut">Tokens that come back.</param>
    /// <param name="cached">Tokens that were sent before.</param>
    public decimal Cost(long tokensIn, long tokensOut, long cached = 0) =>
        (((tokensIn - cached) * Input) + (cached * (Cached ?? Input)) + (tokensOut * Output)) / Million;

    // gpt-4o-2024-08-06 and claude-haiku-4-5-20251001 are versions; gpt-4o-mini and gpt-4o-audio-preview are other models.
    private static string WithoutDate(string reference) => Date().Replace(reference, "");

    [GeneratedRegex("-20[0-9]{2}-?[0-9]{2}-?[0-9]{2}$")]
    private static partial Regex Date();

    private static bool Matches(string text, string pattern) => FileSystemName.MatchesSimpleExpression(pattern, text);
}
