namespace PersonalAi.Adapters.Llama.Templates;

/// <summary>A piece of a prompt, before it is tokenised.</summary>
internal abstract record PromptPart
{
    /// <summary>One token, by its number.</summary>
    internal sealed record Token(int Id) : PromptPart;

    /// <summary>Text of the template, in which the text of a control token means the token.</summary>
    internal sealed record Markup(string Text) : PromptPart;

    /// <summary>Text of a message, which is text and nothing else, whatever it spells, but for <paramref name="Controls"/>.</summary>
    /// <param name="Text">The text.</param>
    /// <param name="Controls">The texts of the control tokens that may stand in it, or null.</param>
    internal sealed record Content(string Text, IReadOnlyList<string>? Controls = null) : PromptPart;

    /// <summary>Text of one of the assistant's messages: the model may have begun it with white space that was taken off.</summary>
    /// <param name="Text">The text.</param>
    /// <param name="Controls">The texts of the control tokens that may stand in it, or null.</param>
    internal sealed record Answer(string Text, IReadOnlyList<string>? Controls = null) : PromptPart;
}
