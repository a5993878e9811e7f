namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>How a model is held to the form of a call.</summary>
/// <remarks>A native format has no thought of ours: there, <see cref="Think"/> is <see cref="Grammar"/>.</remarks>
public enum ToolCalling
{
    /// <summary>Not at all: whatever looks like a call is taken for one, and its arguments may be wrong.</summary>
    Free,

    /// <summary>A grammar admits the answer, or calls whose arguments meet their schemas, and nothing else.</summary>
    Grammar,

    /// <summary>As <see cref="Grammar"/>, after one short free line of thought.</summary>
    Think,
}
