namespace PersonalAi.Adapters;

/// <summary>What can be done about a model that could not be used.</summary>
public enum ModelError
{
    /// <summary>No such file or name: choose another, or install it.</summary>
    NotFound,

    /// <summary>The file is not a model that can be read: replace it.</summary>
    Corrupt,

    /// <summary>The bytes are not those that were pinned: verify, restore, or pin again on purpose.</summary>
    Changed,

    /// <summary>The model, option, template or schema is understood but not supported: choose another.</summary>
    Unsupported,

    /// <summary>The engine library is absent or does not fit this program: build the project again.</summary>
    EngineMissing,

    /// <summary>The prompt is longer than the context window: shorten it or enlarge the context.</summary>
    PromptTooLong,

    /// <summary>Memory does not suffice: free some, or choose a smaller model or context.</summary>
    NoRoom,

    /// <summary>Too many requests wait already: try again in a moment.</summary>
    Busy,

    /// <summary>The disk of the models folder does not suffice: free some, or choose another folder.</summary>
    DiskFull,

    /// <summary>A server could not be reached, or did not give what was asked for: try again, or choose another source.</summary>
    Network,

    /// <summary>The engine failed while it was working: try again.</summary>
    Failed,

    /// <summary>A server does not accept the key, or asks for one: give another.</summary>
    KeyRefused,

    /// <summary>A server has answered too often: wait.</summary>
    RateLimited,

    /// <summary>A server answers nobody whose credit is spent: pay, or choose another.</summary>
    CreditSpent,

    /// <summary>A server stopped in the middle of its answer; what came is in <see cref="ModelException.PartialText"/>, and asking again may be charged again.</summary>
    BrokenOff,
}

/// <summary>A model could not be found, read, loaded or run.</summary>
/// <param name="error">What can be done about it.</param>
/// <param name="message">What failed, the value in quotes, and what to do: one sentence with a full stop.</param>
/// <param name="innerException">The error this one was translated from.</param>
public sealed class ModelException(ModelError error, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What can be done about it.</summary>
    public ModelError Error { get; } = error;

    /// <summary>What came of an answer that broke off; null for every other error.</summary>
    public string? PartialText { get; init; }
}
