namespace PersonalAi.Assistant.Privacy;

/// <summary>How the user's word is had before something goes to a model elsewhere.</summary>
internal enum ConsentMode
{
    /// <summary>It is not had: nothing goes.</summary>
    Off,

    /// <summary>For each packet.</summary>
    Ask,

    /// <summary>For one session and one destination, within a budget of tokens and money.</summary>
    Session,
}
