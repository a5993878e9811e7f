namespace PersonalAi.Assistant.Routing;

/// <summary>What can do a step; the later ones can do more, and cost more.</summary>
internal enum Capability
{
    /// <summary>Rules, or a tool without a model.</summary>
    Rule,

    /// <summary>A small model on this machine, such as the one that makes vectors.</summary>
    SmallLocalModel,

    /// <summary>The model on this machine that answers.</summary>
    MainLocalModel,

    /// <summary>A model on a server of the user's own.</summary>
    SelfHosted,

    /// <summary>A model of somebody else's.</summary>
    Frontier,
}
