namespace PersonalAi.Benchmarks.Engine;

/// <summary>What <c>engine</c> can measure.</summary>
internal enum EnginePart
{
    /// <summary>How fast the machine's memory can be read, in the same run, before the model is loaded.</summary>
    Bandwidth,

    /// <summary>From the file to a ready context.</summary>
    Load,

    /// <summary>Evaluation of a prompt.</summary>
    Prefill,

    /// <summary>Generation at several depths of the context.</summary>
    Decode,

    /// <summary>The first token of a long prompt: with nothing cached, with all but some new tokens cached, and restored from disk.</summary>
    FirstToken,

    /// <summary>Several requests at once.</summary>
    Clients,
}
