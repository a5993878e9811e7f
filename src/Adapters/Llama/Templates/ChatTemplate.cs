using Microsoft.Extensions.AI;

namespace PersonalAi.Adapters.Llama.Templates;

/// <summary>How a model expects a conversation to be written down.</summary>
internal abstract class ChatTemplate
{
    /// <summary>The name by which users choose it.</summary>
    public abstract string Name { get; }

    /// <summary>Renders messages up to the point where the assistant's answer begins.</summary>
    /// <param name="messages">Roles system, user and assistant, oldest first.</param>
    /// <param name="vocabulary">The vocabulary that the parts will be tokenised with.</param>
    /// <exception cref="ModelException">The template cannot express this sequence of roles.</exception>
    public abstract IReadOnlyList<PromptPart> Render(IReadOnlyList<TemplateMessage> messages, LlamaVocabulary vocabulary);

    /// <summary>The part that a message's text makes.</summary>
    private protected static PromptPart PartOf(TemplateMessage message, string text) =>
        message.Role == ChatRole.Assistant ? new PromptPart.Answer(text, message.Controls) : new PromptPart.Content(text, message.Controls);
}

/// <summary>A message as templates see it.</summary>
/// <param name="Role">Who says it.</param>
/// <param name="Text">What is said.</param>
internal readonly record struct TemplateMessage(ChatRole Role, string Text)
{
    /// <summary>The texts of the control tokens that the text may hold as such, where a tool format wrote them; null for none.</summary>
    public IReadOnlyList<string>? Controls { get; init; }
}
