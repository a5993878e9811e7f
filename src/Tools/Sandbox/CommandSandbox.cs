namespace PersonalAi.Tools.Sandbox;

/// <summary>Whether a command of the model runs in a sandbox.</summary>
public enum CommandSandbox
{
    /// <summary>Always; where there is none, no command runs.</summary>
    Required,

    /// <summary>Where there is one; elsewhere a command can do all that the user can.</summary>
    Preferred,

    /// <summary>Never: a command can do all that the user can.</summary>
    None,
}
