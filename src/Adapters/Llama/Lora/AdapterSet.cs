using System.Collections.Immutable;
using System.Globalization;
using PersonalAi.Adapters.Llama.Native;

namespace PersonalAi.Adapters.Llama.Lora;

/// <summary>An adapter, and how strongly it acts.</summary>
/// <param name="Adapter">The adapter.</param>
/// <param name="Scale">1 is as it was trained, 0 not at all; any finite number is allowed.</param>
public sealed record ScaledAdapter(LlamaAdapter Adapter, float Scale);

/// <summary>
/// The adapters that act together on a request, in no order. Sets are equal if the same files act equally strongly: keys and values
/// that were computed under one set hold for every equal one, and for no other.
/// </summary>
public sealed class AdapterSet : IEquatable<AdapterSet>
{
    private readonly ImmutableArray<ScaledAdapter> _adapters;

    private AdapterSet(ImmutableArray<ScaledAdapter> adapters) => _adapters = adapters;

    /// <summary>No adapters: the model as it is.</summary>
    public static AdapterSet Empty { get; } = new([]);

    /// <summary>The adapters that act, by their hash; those of scale 0 are not among them.</summary>
    public IReadOnlyList<ScaledAdapter> Adapters => _adapters;

    /// <summary>Tells it from every set that is not equal to it; empty where nothing acts.</summary>
    internal string Identity => string.Concat(_adapters.Select(scaled => string.Create(CultureInfo.InvariantCulture, $"\n+{scaled.Adapter.Sha256}@{scaled.Scale}")));

    /// <summary>Puts adapters together.</summary>
    /// <exception cref="ModelException">Two are the same file, or a scale is not finite (<see cref="ModelError.Unsupported"/>).</exception>
    public static AdapterSet Of(params IEnumerable<ScaledAdapter> adapters)
    {
        ImmutableArray<ScaledAdapter> all = [.. adapters.OrderBy(scaled => scaled.Adapter.Sha256, StringComparer.Ordinal)];
        if (all.FirstOrDefault(scaled => !float.IsFinite(scaled.Scale)) is { } endless)
        {
            throw new ModelException(ModelError.Unsupported, $"The adapter '{endless.Adapter.Name}' has the scale {endless.Scale}: give it a finite one.");
        }

        foreach (var (one, next) in all.Zip(all.Skip(1)))
        {
            if (one.Adapter.Sha256 == next.Adapter.Sha256)
            {
                throw new ModelException(
                    ModelError.Unsupported, $"The adapters '{one.Adapter.Name}' and '{next.Adapter.Name}' are the same file: name it once, with one scale.");
            }
        }

        return new AdapterSet(all.RemoveAll(scaled => scaled.Scale == 0));
    }

    /// <inheritdoc/>
    public bool Equals(AdapterSet? other) =>
        other is not null
        && (ReferenceEquals(this, other)
            || _adapters.Select(Key).SequenceEqual(other._adapters.Select(Key)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AdapterSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var scaled in _adapters)
        {
            hash.Add(Key(scaled));
        }

        return hash.ToHashCode();
    }

    /// <summary>Lets a context compute with these adapters and no others from now on. What its KV cache holds stays as it was computed.</summary>
    internal void ApplyTo(LlamaContextHandle context) =>
        context.SetAdapters([.. _adapters.Select(scaled => scaled.Adapter.Handle)], [.. _adapters.Select(scaled => scaled.Scale)]);

    private static (string Sha256, float Scale) Key(ScaledAdapter scaled) => (scaled.Adapter.Sha256, scaled.Scale);
}
