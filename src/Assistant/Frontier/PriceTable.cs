using System.Collections.Immutable;

namespace PersonalAi.Assistant.Frontier;

/// <summary>What models elsewhere cost: the user's prices first, then those that are shipped.</summary>
/// <param name="Prices">Of two that fit, the first holds.</param>
internal sealed record PriceTable(ImmutableArray<ModelPrice> Prices)
{
    private const string Resource = "prices.yaml";

    /// <summary>Reads the user's file, where there is one, and what is shipped.</summary>
    /// <exception cref="UsageException">The user's file is wrong; the sentence names its line.</exception>
    public static PriceTable Load(string userFile)
    {
        using var resource = new StreamReader(typeof(PriceTable).Assembly.GetManifestResourceStream(Resource)!);
        var shipped = PriceFile.Read(Resource, resource.ReadToEnd(), isOwn: false);
        return new PriceTable(File.Exists(userFile) ? [.. PriceFile.Read(userFile, File.ReadAllText(userFile), isOwn: true), .. shipped] : shipped);
    }

    /// <summary>The price of a model; null where it is not known.</summary>
    /// <param name="reference">As the user names the model: <c>openai/gpt-4o</c>.</param>
    /// <param name="tokensIn">How many tokens are sent: some models cost more where there are many.</param>
    public ModelPrice? Find(string reference, long tokensIn = 0) => Prices.FirstOrDefault(price => price.Covers(reference, tokensIn));

    /// <summary>What an answer costs in US dollars; null where it is not known. The user's own servers cost nothing that they are not priced at.</summary>
    /// <param name="destination">Where it comes from.</param>
    /// <param name="tokensIn">Tokens that are sent, those in the cache included.</param>
    /// <param name="tokensOut">Tokens that come back: before an answer, as many as it may have.</param>
    /// <param name="cached">Tokens that were sent before, as the server counts them.</param>
    public decimal? Estimate(FrontierDestination destination, long tokensIn, long tokensOut, long cached = 0) =>
        Find(destination.Reference, tokensIn)?.Cost(tokensIn, tokensOut, cached) ?? (destination.Class == TrustClass.SelfHosted ? 0 : null);
}
