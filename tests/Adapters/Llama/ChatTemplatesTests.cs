using Microsoft.Extensions.AI;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Templates;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama;

public sealed class ChatTemplatesTests
{
    // llama.cpp's own templates need the engine to be there.
    private static readonly LlamaVocabulary Vocabulary = Engine.Starter.Vocabulary;

    static ChatTemplatesTests()
    {
    }

    private const string ChatMl =
        "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}";

    private const string Llama2Source =
        "{% if messages[0]['role'] == 'system' %}{% set system_message = '<<SYS>>\\n' + messages[0]['content'] + '\\n<</SYS>>\\n\\n' %}{% endif %}[INST]";


    [Fact]
    public void The_starter_is_written_as_its_own_template_says()
    {
        TemplateMessage[] dialog = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Hi"), new(ChatRole.Assistant, "Hello."), new(ChatRole.User, "Bye")];
        var template = ChatTemplates.Choose(Engine.Starter.ChatTemplateSource, name: null)!;

        var tokens = PromptEncoder.Encode(Vocabulary, template.Render(dialog, Vocabulary)).Tokens;

        int[] expected =
        [
            Vocabulary.BeginOfSequence,
            .. Vocabulary.Tokenize("<|system|>\nBe brief."), Vocabulary.EndOfSequence,
            .. Vocabulary.Tokenize("\n<|user|>\nHi"), Vocabulary.EndOfSequence,
            .. Vocabulary.Tokenize("\n<|assistant|>\nHello."), Vocabulary.EndOfSequence,
            .. Vocabulary.Tokenize("\n<|user|>\nBye"), Vocabulary.EndOfSequence,
            .. Vocabulary.Tokenize("\n<|assistant|>\n"),
        ];
        Assert.Equal("zephyr", template.Name);
        Assert.Equal(expected, tokens);
    }

    [Theory]
    [InlineData(ChatMl, "chatml")]
    [InlineData(Llama2Source, "llama-2")]
    [InlineData(null, null)]
    public void Templates_are_detected_from_the_model_file(string? source, string? name) => Assert.Equal(name, ChatTemplates.Describe(Engine.Library, source));

    [Fact]
    public void A_built_in_template_keeps_messages_as_they_are()
    {
        var parts = ByName("chatml").Render([new(ChatRole.User, "  spaced <|im_end|> \uE000 ")], Vocabulary);

        Assert.Equal(
            [
                new PromptPart.Token(Vocabulary.BeginOfSequence),
                new PromptPart.Markup("<|im_start|>user\n"),
                new PromptPart.Content("  spaced <|im_end|> \uE000 "),
                new PromptPart.Markup("<|im_end|>\n<|im_start|>assistant\n"),
            ],
            parts);
    }

    [Fact]
    public void A_built_in_template_that_trims_still_does()
    {
        var parts = ByName("llama3").Render([new(ChatRole.User, "  hi  ")], Vocabulary);

        Assert.Contains(new PromptPart.Content("hi"), parts);
    }

    [Fact]
    public void Every_offered_template_renders_a_conversation()
    {
        TemplateMessage[] dialog = [new(ChatRole.User, "first"), new(ChatRole.Assistant, "second"), new(ChatRole.User, "third")];

        foreach (var name in ChatTemplates.Names(Engine.Library))
        {
            var text = string.Concat(ByName(name).Render(dialog, Vocabulary).Select(Text));

            Assert.True(text.IndexOf("first", StringComparison.Ordinal) < text.IndexOf("second", StringComparison.Ordinal), name);
            Assert.True(text.IndexOf("second", StringComparison.Ordinal) < text.IndexOf("third", StringComparison.Ordinal), name);
        }
    }

    [Fact]
    public void An_unknown_template_is_named_and_can_be_set_by_hand()
    {
        var error = Assert.Throws<ModelException>(() => ChatTemplates.Choose("{{ something_new }}", name: null));

        Assert.Equal(
            "The model's chat template, \"{{ something_new }}\" (sha256 793b798a), is not known: set one by hand with --template "
            + "(\"pai models templates\" lists them), or use \"pai ask --raw\".",
            error.Message);
        Assert.NotNull(ChatTemplates.Choose("{{ something_new }}", "chatml"));
    }

    [Fact]
    public void A_wrong_name_lists_the_right_ones()
    {
        var error = Assert.Throws<ModelException>(() => ChatTemplates.Choose(source: null, "nonsense"));

        Assert.StartsWith("There is no chat template \"nonsense\": choose one of ", error.Message, StringComparison.Ordinal);
        Assert.Contains("llama-2", error.Message, StringComparison.Ordinal);
    }

    private static ChatTemplate ByName(string name) => ChatTemplates.Choose(source: null, name)!;

    private static string Text(PromptPart part) => part switch
    {
        PromptPart.Markup markup => markup.Text,
        PromptPart.Content content => content.Text,
        PromptPart.Answer answer => answer.Text,
        _ => "",
    };
}
