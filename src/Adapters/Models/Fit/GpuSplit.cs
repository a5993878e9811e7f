using System.Collections.Immutable;

namespace PersonalAi.Adapters.Models.Fit;

/// <summary>Which layers of a model lie on which GPUs: the last ones of the model, one run of them on each.</summary>
/// <param name="Shares">In the order of the layers; every GPU that has at least one.</param>
public sealed record GpuSplit(ImmutableArray<GpuShare> Shares)
{
    // What drivers and other programs are left of a GPU.
    private const double KeptFree = 0.05;

    /// <summary>The layers on GPUs; the output counts as one.</summary>
    public int Layers => Shares.Sum(share => share.Layers);

    /// <summary>Splits a model by what is free on each GPU.</summary>
    /// <param name="layers">The model.</param>
    /// <param name="needs">What it takes without GPUs, in the context in which it will be run.</param>
    /// <param name="wanted">How many layers shall go to GPUs, whether or not there is room; null for as many as there is room for.</param>
    /// <param name="gpus">The GPUs.</param>
    /// <returns>Null where no layer goes to a GPU.</returns>
    internal static GpuSplit? Of(ModelLayers layers, MemoryNeeds needs, int? wanted, ImmutableArray<GpuMemory> gpus)
    {
        if (gpus.IsEmpty || wanted == 0)
        {
            return null;
        }

        var rooms = gpus.Select(gpu => new Room(gpu, Math.Max(0, (long)(gpu.Free * (1 - KeptFree)) - needs.ComputeBytes))).ToList();
        var all = layers.With(needs.KvBytes);
        if (wanted is { } count)
        {
            return Divide(all[^Math.Min(count, all.Length)..], rooms, insists: true);
        }

        for (var fitting = all.Length; fitting > 0; fitting--)
        {
            if (Divide(all[^fitting..], rooms, insists: false) is { } split)
            {
                return split;
            }
        }

        return null;
    }

    /// <summary>What is left to the machine's own memory.</summary>
    internal MemoryNeeds Relieve(MemoryNeeds needs, ImmutableArray<GpuMemory> gpus)
    {
        var elsewhere = Shares.Where(share => !gpus.First(gpu => gpu.Device == share.Device).IsShared).ToList();
        var weights = elsewhere.Sum(share => share.WeightBytes);
        return needs with
        {
            // The input layer stays, and where output and input are one tensor, the GPU has a copy of it.
            WeightBytes = Math.Max(0, needs.WeightBytes - weights),
            RepackedBytes = Math.Max(0, needs.RepackedBytes - weights),
            KvBytes = needs.KvBytes - elsewhere.Sum(share => share.KvBytes),
        };
    }

    // In proportion to the room, so that all GPUs have as much to do as they can hold; where whole layers do not come out even, each is filled in turn.
    private static GpuSplit? Divide(ImmutableArray<LayerBytes> layers, List<Room> rooms, bool insists)
    {
        var bytes = layers.Sum(layer => layer.Total);
        var room = rooms.Sum(gpu => gpu.Bytes);
        if (insists && room == 0)
        {
            // Nothing is known of the room: equal shares.
            rooms = [.. rooms.Select(gpu => gpu with { Bytes = 1 })];
            room = rooms.Count;
        }

        return bytes > room && !insists ? null
            : Fill(layers, rooms, gpu => (long)(bytes * (Int128)gpu.Bytes / room), overfills: insists)
            ?? Fill(layers, rooms, gpu => gpu.Bytes, overfills: false);
    }

    // A GPU's run ends where the middle of the next layer lies beyond its target, and before the layer that no longer fits.
    private static GpuSplit? Fill(ImmutableArray<LayerBytes> layers, List<Room> rooms, Func<Room, long> target, bool overfills)
    {
        var shares = new List<GpuShare>();
        var (next, done, end) = (0, 0L, 0L);
        foreach (var gpu in rooms)
        {
            end += target(gpu);
            var (first, taken) = (next, 0L);
            while (next < layers.Length
                && (done + taken + (layers[next].Total / 2) < end || (overfills && gpu == rooms[^1]))
                && (taken + layers[next].Total <= gpu.Bytes || overfills))
            {
                taken += layers[next++].Total;
            }

            done += taken;
            if (next > first)
            {
                var run = layers[first..next];
                shares.Add(new GpuShare(gpu.Gpu.Device, run.Length, run.Sum(layer => layer.Weights), run.Sum(layer => layer.KeysAndValues)));
            }
        }

        return next == layers.Length ? new GpuSplit([.. shares]) : null;
    }

    /// <summary>What a GPU can hold of layers.</summary>
    private sealed record Room(GpuMemory Gpu, long Bytes);
}

/// <summary>The layers that one GPU holds.</summary>
/// <param name="Device">The GPU.</param>
/// <param name="Layers">How many.</param>
/// <param name="WeightBytes">Their weights.</param>
/// <param name="KvBytes">Their part of keys and values.</param>
public sealed record GpuShare(string Device, int Layers, long WeightBytes, long KvBytes);
