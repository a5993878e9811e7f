using PersonalAi.Adapters;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Memory;
using PersonalAi.Tools.Mcp;

namespace PersonalAi.Assistant.Cli;

/// <summary>How a run of pai ended, as scripts see it.</summary>
internal enum ExitCode
{
    /// <summary>What was asked for is done.</summary>
    Done = 0,

    /// <summary>A fault in pai itself; the log file has the details.</summary>
    Unexpected = 1,

    /// <summary>The command line, the configuration or a persona is wrong.</summary>
    Usage = 2,

    /// <summary>Denied, or an approval was needed and could not be asked for.</summary>
    Denied = 3,

    /// <summary>The model, the engine or a tool failed.</summary>
    ModelFailure = 4,

    /// <summary>The budget of time, tokens or money is spent.</summary>
    BudgetSpent = 5,

    /// <summary>The prompt does not fit into the context window.</summary>
    PromptTooLong = 6,

    /// <summary>A file or the database could not be read or written.</summary>
    StorageFailure = 7,

    /// <summary>The network or a remote service failed.</summary>
    NetworkFailure = 8,

    /// <summary>Stopped by Ctrl+C or SIGTERM.</summary>
    Cancelled = 130,
}

/// <summary>The one table from exceptions to exit codes.</summary>
internal static class ExitCodes
{
    public static ExitCode For(Exception error) => error switch
    {
        UsageException => ExitCode.Usage,
        EgressDeniedException or DeniedException => ExitCode.Denied,
        McpServerException { Fault: McpFault.Entry } => ExitCode.Usage,
        McpServerException => ExitCode.NetworkFailure,
        ModelException { Error: ModelError.PromptTooLong } => ExitCode.PromptTooLong,
        ModelException { Error: ModelError.DiskFull } => ExitCode.StorageFailure,
        ModelException { Error: ModelError.CreditSpent } => ExitCode.BudgetSpent,
        ModelException { Error: ModelError.Network or ModelError.KeyRefused or ModelError.RateLimited or ModelError.BrokenOff } => ExitCode.NetworkFailure,
        ModelException => ExitCode.ModelFailure,
        TimeoutException or OperationCanceledException { InnerException: TimeoutException } => ExitCode.BudgetSpent,
        OperationCanceledException => ExitCode.Cancelled,
        HttpRequestException => ExitCode.NetworkFailure,
        MemoryException { Error: MemoryError.NeedsConsent } => ExitCode.Denied,
        MemoryException { Error: MemoryError.NotFound or MemoryError.Ambiguous or MemoryError.Invalid } => ExitCode.Usage,
        MemoryException { Error: MemoryError.WrongKey } => ExitCode.Denied,
        MemoryException => ExitCode.StorageFailure,
        IOException or UnauthorizedAccessException => ExitCode.StorageFailure,
        _ => ExitCode.Unexpected,
    };
}
