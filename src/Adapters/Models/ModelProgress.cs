namespace PersonalAi.Adapters.Models;

/// <summary>What is being done to a model file.</summary>
public enum ModelStage
{
    /// <summary>Another process of pai is at work on the models folder; it is waited for.</summary>
    Waiting,

    /// <summary>The parts of a bundled model are put together and hashed.</summary>
    Assembling,

    /// <summary>A bundled model is converted to GGUF and hashed.</summary>
    Converting,

    /// <summary>The whole file is read once to learn its hash: seconds for a large model.</summary>
    Hashing,

    /// <summary>It comes from a server, or from another folder.</summary>
    Fetching,

    /// <summary>The connection was lost, or the server is busy; it is tried again after a pause.</summary>
    Reconnecting,

    /// <summary>It is written anew with fewer bits.</summary>
    Quantising,

    /// <summary>It is brought into memory.</summary>
    Loading,

    /// <summary>It is loaded though not all of it fits into the memory that is available, which is what the bytes done stand for: slow.</summary>
    ShortOfMemory,

    /// <summary>It is loaded for the processor alone, though a GPU was wished for.</summary>
    WithoutGpu,
}

/// <summary>How far the work on a model file has come.</summary>
/// <param name="FileName">The file, without its folder.</param>
/// <param name="Stage">What is being done.</param>
/// <param name="DoneBytes">Bytes done so far.</param>
/// <param name="TotalBytes">Bytes in all.</param>
public readonly record struct ModelProgress(string FileName, ModelStage Stage, long DoneBytes, long TotalBytes);
