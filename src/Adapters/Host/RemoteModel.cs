namespace PersonalAi.Adapters.Host;

/// <summary>What is known of a model once the engine process has loaded it.</summary>
/// <param name="EngineVersion">llama.cpp's version there.</param>
/// <param name="ContextLength">The context window in tokens.</param>
/// <param name="TemplateName">The chat template in use, or null.</param>
/// <param name="ToolFormatName">How it calls tools.</param>
public sealed record RemoteModel(string EngineVersion, int ContextLength, string? TemplateName, string? ToolFormatName);
