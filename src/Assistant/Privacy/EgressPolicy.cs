using System.Collections.Immutable;

namespace PersonalAi.Assistant.Privacy;

/// <summary>What may leave the machine for one purpose, in words; the gate holds everybody to it.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="Needs">The user's word that opens it; it is closed else.</param>
/// <param name="Reaches">Which hosts it reaches then.</param>
/// <param name="Sends">What is sent.</param>
internal sealed record EgressPolicy(EgressPurpose Purpose, string Needs, string Reaches, string Sends)
{
    /// <summary>One for each purpose. There is none for telemetry, because there is no telemetry.</summary>
    public static ImmutableArray<EgressPolicy> All { get; } =
    [
        new(EgressPurpose.Frontier, "your yes to the packet, byte for byte, or a word for a session or in a file, within its budget", "the host of the model that you named, by https", "the approved packet, once, and your key"),
        new(EgressPurpose.SelfHosted, "the same as for frontier models", "the server that you entered, by its certificate or authority", "the approved packet, once, and the key of that server"),
        new(EgressPurpose.ModelDownload, "'pai models pull', and your yes to the host", "the hosts that you said yes to", "the names of the files"),
        new(EgressPurpose.EngineDownload, "'pai engine use', and your yes to the host", "the registry that you said yes to", "the names of the packages"),
        new(EgressPurpose.Web, "your yes to a call of a tool, or a rule of yours for it", "public addresses of the host in the call, by https, never this machine or its network", "the address in the call"),
        new(EgressPurpose.Mcp, "an entry of yours in mcp.json with an address, 'pai mcp accept' for what it offers, and your yes or a rule for each call", "that address alone", "the arguments of the call, and the headers in the entry"),
    ];
}
