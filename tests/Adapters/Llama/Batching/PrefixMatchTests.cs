using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Batching;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Batching;

public sealed class PrefixMatchTests
{
    private static readonly LlamaVocabulary Vocabulary = Engine.Starter.Vocabulary;

    [Fact]
    public void Equal_tokens_match()
    {
        var match = Find([1, 450, 7483, 310], [1, 450, 7483, 338, 29889]);

        Assert.Equal(new PrefixMatch(3, 3), match);
    }

    [Fact]
    public void Nothing_matches_nothing() => Assert.Equal(default, Find([], [1, 450]));

    [Fact]
    public void The_last_token_of_a_prompt_stays_to_be_evaluated() =>
        Assert.Equal(new PrefixMatch(2, 2), Find([1, 450, 7483], [1, 450, 7483]));

    [Fact]
    public void Text_in_other_tokens_matches_and_the_match_goes_on_after_it()
    {
        int[] cached = [1, 450, .. " capital".Select(TokenOf), 310, 3444];
        int[] prompt = [1, 450, .. Vocabulary.Tokenize("capital"), 310, 3444, 29889];

        var match = Find(cached, prompt);

        Assert.Equal(new PrefixMatch(cached.Length, prompt.Length - 1), match);
    }

    [Fact]
    public void Other_text_ends_the_match()
    {
        int[] cached = [1, .. Vocabulary.Tokenize("The capital of France")];
        int[] prompt = [1, .. Vocabulary.Tokenize("The capital of Italy is")];

        var match = Find(cached, prompt);

        Assert.Equal(new PrefixMatch(4, 4), match);
    }

    [Fact]
    public void A_control_token_matches_itself_only()
    {
        int[] cached = [1, 450, 2, 7483];
        int[] prompt = [1, 450, .. Vocabulary.Tokenize("</s>"), 7483, 1];

        var match = Find(cached, prompt);

        Assert.Equal(new PrefixMatch(2, 2), match);
    }

    [Fact]
    public void Text_that_ends_inside_a_token_matches_up_to_the_token_before()
    {
        int[] cached = [1, .. Vocabulary.Tokenize("The cap")];
        int[] prompt = [1, .. Vocabulary.Tokenize("The capital")];

        var match = Find(cached, prompt);

        Assert.Equal(new PrefixMatch(2, 2), match);
    }

    [Fact]
    public void White_space_before_an_answer_makes_no_difference()
    {
        int[] question = [1, .. Vocabulary.Tokenize("[INST] How? [/INST]")];
        int[] cached = [.. question, .. " ".Select(TokenOf), .. Vocabulary.Tokenize("Sure, like this")];
        int[] prompt = [1, .. Vocabulary.Tokenize("[INST] How? [/INST] Sure, like this."), 2];

        var match = Find(cached, prompt, question.Length);

        Assert.Equal(new PrefixMatch(cached.Length, prompt.Length - 2), match);
        Assert.Equal(new PrefixMatch(question.Length, question.Length), Find(cached, prompt));
    }

    private static PrefixMatch Find(int[] cached, int[] prompt, params int[] answerStarts) => PrefixMatch.Find(Vocabulary, cached, prompt, answerStarts);

    private static int TokenOf(char character) =>
        Enumerable.Range(259, Vocabulary.Count - 259).First(token =>
        {
            var piece = new byte[64];
            return Vocabulary.WritePiece(token, piece) == 1 && piece[0] == character;
        });
}
