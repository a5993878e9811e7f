namespace PersonalAi.Adapters.Llama.Templates;

/// <summary>
/// The format of Zephyr, TinyLlama Chat and StableLM Zephyr: <c>&lt;|role|&gt;</c>, a line break, the message, EOS, a line break.
/// llama.cpp writes one model's EOS for all of them, and takes TinyLlama's template for another format altogether.
/// </summary>
internal sealed class ZephyrTemplate : ChatTemplate
{
    public override string Name => ChatTemplates.Zephyr;

    /// <summary>Whether a Jinja source writes this format.</summary>
    internal static bool Recognises(string source) =>
        source.Contains("<|user|>", StringComparison.Ordinal)
        && source.Contains("<|system|>", StringComparison.Ordinal)
        && source.Contains("message['content'] + eos_token", StringComparison.Ordinal);

    public override IReadOnlyList<PromptPart> Render(IReadOnlyList<TemplateMessage> messages, LlamaVocabulary vocabulary)
    {
        var parts = new List<PromptPart>();
        if (vocabulary.AddsBeginOfSequence)
        {
            parts.Add(new PromptPart.Token(vocabulary.BeginOfSequence));
        }

        foreach (var message in messages)
        {
            parts.Add(new PromptPart.Markup($"<|{message.Role.Value}|>\n"));
            parts.Add(PartOf(message, message.Text));
            parts.Add(new PromptPart.Token(vocabulary.EndOfSequence));
            parts.Add(new PromptPart.Markup("\n"));
        }

        parts.Add(new PromptPart.Markup("<|assistant|>\n"));
        return parts;
    }
}
