using Microsoft.Extensions.AI;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>The tools that one answer may call, and how.</summary>
/// <param name="Tools">What may be called; empty where nothing may.</param>
/// <param name="IsRequired">Whether it must call one.</param>
/// <param name="AllowsMany">Whether it may call several.</param>
/// <param name="Calling">How it is held to their form.</param>
internal sealed record ToolOffer(IReadOnlyList<AIFunctionDeclaration> Tools, bool IsRequired, bool AllowsMany, ToolCalling Calling)
{
    /// <summary>
    /// What a request offers; null where it speaks of no tools. Where it does not say whether several calls are allowed, they are where the
    /// model was trained for calls: others add needless ones.
    /// </summary>
    /// <exception cref="ModelException">It requires a tool that it does not offer (<see cref="ModelError.Unsupported"/>).</exception>
    public static ToolOffer? Of(ChatOptions? options, LlamaChatOptions specific, ToolFormat format)
    {
        var tools = Declared(options);
        if (tools.Count == 0)
        {
            return null;
        }

        var allowed = options!.ToolMode switch
        {
            NoneChatToolMode => [],
            RequiredChatToolMode { RequiredFunctionName: { } name } => Only(tools, name),
            _ => tools,
        };
        return new ToolOffer(allowed, options.ToolMode is RequiredChatToolMode, options.AllowMultipleToolCalls ?? format.IsNative, specific.ToolCalling);
    }

    /// <summary>The tools of a request that a model can call.</summary>
    public static IReadOnlyList<AIFunctionDeclaration> Declared(ChatOptions? options) => [.. options?.Tools?.OfType<AIFunctionDeclaration>() ?? []];

    private static List<AIFunctionDeclaration> Only(IReadOnlyList<AIFunctionDeclaration> tools, string name) =>
        tools.Where(tool => tool.Name == name).ToList() is { Count: > 0 } found
            ? found
            : throw new ModelException(ModelError.Unsupported, $"The tool '{name}' is required but not among those that are offered: offer it, or require another.");
}
