namespace PersonalAi.Benchmarks.Peers;

/// <summary>A program that can measure how fast it runs a model.</summary>
internal interface IPeer
{
    /// <summary>Its name in the table.</summary>
    string Name { get; }

    /// <summary>Measures once, in a process of its own.</summary>
    /// <exception cref="PeerException">It could not be run, or printed something else than its figures.</exception>
    Task<SpeedFigures> MeasureAsync(Workload workload, CancellationToken cancellationToken = default);
}
