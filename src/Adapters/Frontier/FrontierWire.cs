namespace PersonalAi.Adapters.Frontier;

/// <summary>How a server elsewhere is spoken to.</summary>
public enum FrontierWire
{
    /// <summary>OpenAI's chat completions, which llama-server, vLLM, Ollama and text-generation-webui speak too.</summary>
    OpenAI,

    /// <summary>Anthropic's messages.</summary>
    Anthropic,
}
