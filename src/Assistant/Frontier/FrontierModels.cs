using PersonalAi.Adapters.Frontier;
using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Assistant.Frontier;

/// <summary>Opens models elsewhere as the user has set them up.</summary>
/// <param name="settings">What the user has set.</param>
/// <param name="keys">The keys of servers.</param>
/// <param name="prices">What models cost.</param>
/// <param name="time">The clock of time limits.</param>
internal sealed class FrontierModels(FrontierSettings settings, FrontierKeys keys, PriceTable prices, TimeProvider time)
{
    /// <summary>Where models are.</summary>
    public FrontierDestinations Destinations { get; } = new(settings);

    /// <summary>What models cost.</summary>
    public PriceTable Prices => prices;

    /// <summary>What the user has set.</summary>
    public FrontierSettings Settings => settings;

    /// <summary>A model with the key of its server.</summary>
    /// <exception cref="DeniedException">There is no key, or it cannot be used.</exception>
    public async Task<FrontierModel> OpenAsync(FrontierDestination destination, CancellationToken cancellationToken = default) =>
        new(destination.Endpoint, destination.Model, await keys.ReadAsync(destination, cancellationToken), settings.ForModel(), time);
}
