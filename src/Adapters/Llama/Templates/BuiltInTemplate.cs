using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Native;

namespace PersonalAi.Adapters.Llama.Templates;

/// <summary>One of the formats that llama.cpp knows (<c>llama_chat_apply_template</c>), by name or by the Jinja source it recognises.</summary>
internal sealed class BuiltInTemplate : ChatTemplate
{
    // Where a message stands in the rendered text is found by private-use characters that stand in for it. The spaces round them
    // tell whether the template trims what it is given.
    private const char Open = '\uE000', Close = '\uE001';

    private readonly string _source;

    private BuiltInTemplate(string name, string source)
    {
        Name = name;
        _source = source;
    }

    public override string Name { get; }

    /// <summary>The names that llama.cpp offers.</summary>
    internal static unsafe IReadOnlyList<string> Names()
    {
        var names = new byte*[LlamaNative.llama_chat_builtin_templates(null, 0)];
        fixed (byte** target = names)
        {
            LlamaNative.llama_chat_builtin_templates(target, (nuint)names.Length);
        }

        var result = new List<string>();
        foreach (var name in names)
        {
            result.Add(LlamaNative.Text(name));
        }

        return result;
    }

    /// <summary>The format of that name, or null.</summary>
    internal static BuiltInTemplate? ByName(string name) =>
        Names().FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)) is { } known
            ? new BuiltInTemplate(known, known)
            : null;

    /// <summary>The format that llama.cpp recognises in a Jinja source, or null.</summary>
    internal static BuiltInTemplate? Recognise(string source)
    {
        TemplateMessage[] probe =
        [
            new(ChatRole.System, "s"),
            new(ChatRole.User, "u"),
            new(ChatRole.Assistant, "a"),
            new(ChatRole.User, "v"),
        ];
        if (Apply(source, probe) is not { } rendered)
        {
            return null;
        }

        // The C interface does not say which format it recognised: it is the one that writes the same.
        var name = Names().FirstOrDefault(name => Apply(name, probe) == rendered);
        return name is null ? null : new BuiltInTemplate(name, name);
    }

    public override IReadOnlyList<PromptPart> Render(IReadOnlyList<TemplateMessage> messages, LlamaVocabulary vocabulary)
    {
        var standIns = messages.Select((message, i) => message with { Text = $" {Open}{i}{Close} " }).ToArray();
        var rendered = Apply(_source, standIns)
            ?? throw new ModelException(ModelError.Unsupported, $"The template \"{Name}\" cannot express this conversation: choose another with --template.");

        var parts = new List<PromptPart>();
        if (vocabulary.AddsBeginOfSequence && !StartsWithBeginOfSequence(rendered, vocabulary))
        {
            parts.Add(new PromptPart.Token(vocabulary.BeginOfSequence));
        }

        AddParts(parts, rendered, messages);
        return parts;
    }

    private static void AddParts(List<PromptPart> parts, string rendered, IReadOnlyList<TemplateMessage> messages)
    {
        var at = 0;
        while (rendered.IndexOf(Open, at) is >= 0 and var open)
        {
            var close = rendered.IndexOf(Close, open);
            var keepsSpaces = open > at && rendered[open - 1] == ' ' && close + 1 < rendered.Length && rendered[close + 1] == ' ';
            var message = messages[int.Parse(rendered.AsSpan(open + 1, close - open - 1), CultureInfo.InvariantCulture)];
            parts.Add(new PromptPart.Markup(rendered[at..(keepsSpaces ? open - 1 : open)]));
            parts.Add(PartOf(message, keepsSpaces ? message.Text : message.Text.Trim()));
            at = close + (keepsSpaces ? 2 : 1);
        }

        parts.Add(new PromptPart.Markup(rendered[at..]));
    }

    private static bool StartsWithBeginOfSequence(string rendered, LlamaVocabulary vocabulary) =>
        vocabulary.SpecialTokens.Any(token => token.Id == vocabulary.BeginOfSequence && rendered.StartsWith(token.Text, StringComparison.Ordinal));

    private static unsafe string? Apply(string source, TemplateMessage[] messages)
    {
        using var strings = new Utf8Strings();
        var native = new llama_chat_message[messages.Length];
        for (var i = 0; i < native.Length; i++)
        {
            native[i] = new llama_chat_message { role = strings.Add(messages[i].Role.Value), content = strings.Add(messages[i].Text) };
        }

        var template = strings.Add(source);
        fixed (llama_chat_message* pointer = native)
        {
            var length = LlamaNative.llama_chat_apply_template(template, pointer, (nuint)native.Length, addAssistant: 1, null, 0);
            if (length < 0)
            {
                return null;
            }

            var buffer = new byte[length];
            fixed (byte* target = buffer)
            {
                LlamaNative.llama_chat_apply_template(template, pointer, (nuint)native.Length, addAssistant: 1, target, length);
            }

            return Encoding.UTF8.GetString(buffer);
        }
    }
}
