namespace PersonalAi.Assistant.Frontier;

/// <summary>Whose a model elsewhere is.</summary>
internal enum TrustClass
{
    /// <summary>Somebody else's: a provider's, or that of any server for which nothing of the user's own vouches.</summary>
    Frontier,

    /// <summary>The user's: on this machine, or on a host whose certificate or authority the user has named.</summary>
    SelfHosted,
}
