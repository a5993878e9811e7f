using Microsoft.Extensions.AI;

namespace PersonalAi.Adapters.Llama.Templates;

/// <summary>
/// Llama 2's own chat format, token for token as Meta's reference code writes it (<c>chat_completion</c> in
/// <c>llama/generation.py</c> of facebookresearch/llama): every exchange is
/// <c>BOS "[INST] question [/INST] answer " EOS</c>, and the system text stands inside the first question.
/// </summary>
/// <remarks>
/// The tags are ordinary text to the model, so a message could forge them; where one spells a tag, a space is put into it.
/// Meta's code refuses such a message.
/// </remarks>
internal sealed class Llama2Template : ChatTemplate
{
    private static readonly string[] Tags = ["[INST]", "[/INST]", "<<SYS>>", "<</SYS>>"];

    public override string Name => ChatTemplates.Llama2;

    public override IReadOnlyList<PromptPart> Render(IReadOnlyList<TemplateMessage> messages, LlamaVocabulary vocabulary)
    {
        var dialog = MergeSystem(messages);
        var parts = new List<PromptPart>();
        for (var i = 0; i < dialog.Count; i += 2)
        {
            if (dialog[i].Role != ChatRole.User || (i + 1 < dialog.Count && dialog[i + 1].Role != ChatRole.Assistant))
            {
                throw new ModelException(ModelError.Unsupported, "The llama-2 template needs user and assistant messages in turn, a user's first.");
            }

            var question = $"[INST] {dialog[i].Text.Trim()} [/INST]";
            parts.Add(new PromptPart.Token(vocabulary.BeginOfSequence));
            if (i + 1 < dialog.Count)
            {
                parts.Add(new PromptPart.Content($"{question} "));
                parts.Add(new PromptPart.Answer(Defuse(dialog[i + 1].Text.Trim())));
                parts.Add(new PromptPart.Content(" "));
                parts.Add(new PromptPart.Token(vocabulary.EndOfSequence));
            }
            else
            {
                parts.Add(new PromptPart.Content(question));
            }
        }

        return dialog.Count % 2 == 1
            ? parts
            : throw new ModelException(ModelError.Unsupported, "The llama-2 template needs a user's message at the end.");
    }

    private static List<TemplateMessage> MergeSystem(IReadOnlyList<TemplateMessage> messages)
    {
        var system = string.Join("\n\n", messages.Where(m => m.Role == ChatRole.System).Select(m => Defuse(m.Text)));
        var dialog = messages.Where(m => m.Role != ChatRole.System)
            .Select(m => m.Role == ChatRole.User ? m with { Text = Defuse(m.Text) } : m)
            .ToList();
        if (system.Length > 0 && dialog is [{ } first, ..])
        {
            dialog[0] = first with { Text = $"<<SYS>>\n{system}\n<</SYS>>\n\n{first.Text}" };
        }

        return dialog;
    }

    private static string Defuse(string text) =>
        Tags.Aggregate(text, (result, tag) => result.Replace(tag, tag.Insert(1, " "), StringComparison.Ordinal));
}
