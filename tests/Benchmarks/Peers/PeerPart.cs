namespace PersonalAi.Benchmarks.Peers;

/// <summary>What <c>peers</c> can compare.</summary>
internal enum PeerPart
{
    /// <summary>One request: its prompt, and its generation, with llama-bench and node-llama-cpp.</summary>
    Speed,

    /// <summary>Several requests at once, with llama-server.</summary>
    Clients,
}
