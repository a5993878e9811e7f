namespace PersonalAi.Memory.Facts.Writing;

/// <summary>Whose words a text is.</summary>
public enum TextOrigin
{
    /// <summary>The user's own.</summary>
    User,

    /// <summary>A tool's output.</summary>
    Tool,

    /// <summary>A file, a mail or a web page.</summary>
    Document,

    /// <summary>Somebody else's words that the user passed on.</summary>
    Quoted,

    /// <summary>A memory that was given to the model.</summary>
    Recalled,
}
