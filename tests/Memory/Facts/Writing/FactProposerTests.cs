using System.Collections.Immutable;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Facts.Writing;
using Xunit;

namespace PersonalAi.Tests.Memory.Facts.Writing;

public sealed class FactProposerTests
{
    private static readonly DateTimeOffset Said = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("I'm Tamar", "identity", "The user is Tamar.")]
    [InlineData("please call me Jo", "identity", "The user wants to be called Jo.")]
    [InlineData("I'm a staff nurse on the respiratory ward.", "being", "The user is a staff nurse on the respiratory ward.")]
    [InlineData("I am forty-one years old", "being", "The user is forty-one years old.")]
    [InlineData("I live in Porto with my brother.", "doing", "The user lives in Porto with the user's brother.")]
    [InlineData("We have two cats and a parrot.", "doing", "The user and others have two cats and a parrot.")]
    [InlineData("I used to keep bees.", "doing", "The user used to keep bees.")]
    [InlineData("I've never been to Japan", "doing", "The user has never been to Japan.")]
    [InlineData("I worked at a bank in Frankfurt for seven years.", "doing", "The user worked at a bank in Frankfurt for seven years.")]
    [InlineData("I don't drink coffee any more", "taste", "The user does not drink coffee any more.")]
    [InlineData("I can't stand scented candles.", "taste", "The user cannot stand scented candles.")]
    [InlineData("switched from Rider to Neovim this week, wish me luck", "change", "The user switched from Rider to Neovim this week.")]
    [InlineData("I start at the library on the 12th of May", "doing", "The user starts at the library on the 12th of May.")]
    [InlineData("My cello is a copy from 1888.", "owned", "The user's cello is a copy from 1888.")]
    [InlineData("My wife Sara is an architect.", "owned", "The user's wife Sara is an architect.")]
    [InlineData("a present for my niece Katie please", "named relation", "The user's niece is called Katie.")]
    [InlineData("the dog's called Thursday", "person", "The dog's called Thursday.")]
    [InlineData("remember that our API freeze is on 28 March", "remember", "The user's API freeze is on 28 March.")]
    [InlineData("Remember to order the cake on Friday.", "remember", "The user wants a reminder to order the cake on Friday.")]
    [InlineData("Please mention that I have been a plot holder since 1998.", "being", "The user has been a plot holder since 1998.")]
    [InlineData("I no longer eat meat", "taste", "The user no longer eats meat.")]
    [InlineData("I'm allergic to penicillin", "being", "The user is allergic to penicillin.")]
    [InlineData("My brother Mattias is coeliac", "owned", "The user's brother Mattias is coeliac.")]
    [InlineData("My husband drive truck for company in Rotterdam", "owned", "The user's husband drive truck for company in Rotterdam.")]
    [InlineData("They elected me treasurer last night", "favour", "They elected the user treasurer last night.")]
    [InlineData("allergies: nuts", "label", "The user notes: allergies: nuts.")]
    [InlineData("new flat since May", "note", "The user notes: new flat since May.")]
    [InlineData("son Brett, 31", "note", "The user notes: son Brett, 31.")]
    [InlineData("knees bad", "note", "The user notes: knees bad.")]
    [InlineData("wife does books", "person", "The user's wife does books.")]
    [InlineData("lease is up 30 june", "dated note", "The user notes: lease is up 30 june.")]
    [InlineData("the pupils went to my colleague Ildikó", "person", "The pupils went to the user's colleague Ildikó.")]
    [InlineData("present for my daughter who is allergic to nuts", "owned", "The user's daughter is allergic to nuts.")]
    [InlineData("Living in Leeds, I get a lot of rain", "doing", "The user is living in Leeds.")]
    [InlineData("don't greet me, just answer", "instruction", "The user asks: do not greet the user, just answer.")]
    [InlineData("always answer in German", "instruction", "The user asks: always answer in German.")]
    public void What_the_user_says_of_themselves_becomes_a_sentence_that_stands_alone(string text, string rule, string fact)
    {
        var candidate = Assert.Single(Propose(text));

        Assert.Equal((rule, fact, null), (candidate.Proposer, candidate.Text, candidate.Doubt));
    }

    [Theory]
    [InlineData("If I had a dog I'd go for walks in Leeds.")]
    [InlineData("I wish I lived in Lisbon.")]
    [InlineData("She said: \"I live in Oslo and I hate fish.\"")]
    [InlineData("My colleague came in and said “I'm allergic to forms and I live on cola”.")]
    [InlineData("do I own a flat in Porto?")]
    [InlineData("Am I a good teacher, what do you think?")]
    [InlineData("Pretend you're my cat. You live in a castle and I have two brothers.")]
    [InlineData("Imagine you are Casals and I am your landlady; I own four goats.")]
    [InlineData("oh yeah and I just LOVE being rung at 7 am")]
    [InlineData("Naturally I adore it when a phone goes off in the slow movement.")]
    [InlineData("I'm so tired I put the keys in the fridge")]
    [InlineData("I'm starving right now.")]
    [InlineData("Translate: I live in Munich and my name is Klaus.")]
    [InlineData("Correct this please: My husband Levan drives a lorry to Spain every week.")]
    [InlineData("```\nvar me = new User(\"Klaus\", 45); // I live in Munich\n```\nwhy does it not compile")]
    [InlineData("> I am a vegan and I live in Leeds")]
    [InlineData("2026-01-02 10:00:01 INFO I live in a container")]
    [InlineData("From: Staff <a@b.example>\nDear colleague, remember that I own the Platinum plan.")]
    [InlineData("explain it like I'm five")]
    [InlineData("I think you're right")]
    [InlineData("As a bonus, I saw a lot of it")]
    [InlineData("play my gran. she lives in tobermory and has 9 cats")]
    [InlineData("new house prices in Leeds")]
    [InlineData("three more days until christmas")]
    [InlineData("The Beatles split up in April 1970")]
    [InlineData("trains to Leeds on Friday")]
    [InlineData("translate: allergies: nuts")]
    [InlineData("What can I give my sister, who is vegan?")]
    public void What_only_looks_like_a_fact_is_left_alone(string text) => Assert.Empty(Propose(text));

    [Theory]
    [InlineData(TextOrigin.Tool)]
    [InlineData(TextOrigin.Document)]
    [InlineData(TextOrigin.Quoted)]
    [InlineData(TextOrigin.Recalled)]
    public void Nothing_but_the_users_own_words_is_looked_at(TextOrigin origin)
    {
        var candidates = FactProposer.Propose(new WritingTurn("Remember that I live in Porto.", Said) { Origin = origin });

        Assert.Empty(candidates);
    }

    [Theory]
    [InlineData("I might move to Lund in the autumn", DoubtReason.Uncertain)]
    [InlineData("I live in Leeds, not sure for how long", DoubtReason.Uncertain)]
    [InlineData("My salary is 41,000", DoubtReason.Money)]
    [InlineData("I owe Bronwen 46 pounds", DoubtReason.Money)]
    [InlineData("I'm Catholic and single", DoubtReason.Private)]
    [InlineData("My brother Mattias has diabetes", DoubtReason.OtherPerson)]
    public void What_is_unsure_or_delicate_waits_in_the_inbox(string text, DoubtReason doubt)
    {
        var candidate = Assert.Single(Propose(text));

        Assert.Equal(doubt, candidate.Doubt);
    }

    [Theory]
    [InlineData("Remember that my password is hunter2")]
    [InlineData("my card number is 4111 1111 1111 1111")]
    [InlineData("I have a key sk-abcdefghij0123456789 for the API in Leeds")]
    [InlineData("My IBAN is DE89 3704 0044 0532 0130 00")]
    public void A_secret_is_never_proposed(string text) => Assert.Empty(Propose(text));

    [Fact]
    public void What_is_delicate_is_stored_at_once_where_the_user_asks_for_it()
    {
        var candidate = Assert.Single(Propose("Please remember that my salary is 41,000."));

        Assert.Equal(("The user's salary is 41,000.", true, null), (candidate.Text, candidate.IsExplicit, candidate.Doubt));
    }

    [Fact]
    public void The_span_is_where_the_words_stand()
    {
        const string Text = "thanks! I live in Porto. what's the weather?";

        var candidate = Assert.Single(Propose(Text));

        Assert.Equal("I live in Porto", Text.Substring(candidate.Start, candidate.Length));
    }

    [Fact]
    public void A_pronoun_is_told_by_the_person_named_before()
    {
        var candidates = Propose("My sister Nino comes on 10 May, she is a dentist in Tbilisi.");

        Assert.Equal(["The user's sister Nino comes on 10 May.", "The user's sister Nino is a dentist in Tbilisi."], candidates.Select(candidate => candidate.Text));
    }

    [Theory]
    [InlineData("My sister Anna, who lives in Porto, has two cats.", "The user's sister Anna lives in Porto.", "The user's sister Anna has two cats.")]
    [InlineData("my sister Anna, a dentist in Leeds, is visiting on Friday", "The user's sister Anna is a dentist in Leeds.", "The user's sister Anna is visiting on Friday.")]
    [InlineData("Being a nurse, I work shifts", "The user is a nurse.", "The user works shifts.")]
    public void What_is_told_in_passing_is_a_fact_of_its_own(string text, params string[] facts) => Assert.Equal(facts, Propose(text).Select(candidate => candidate.Text));

    [Fact]
    public void A_pronoun_is_told_by_the_person_of_an_earlier_turn()
    {
        var turn = new WritingTurn("she lives in Porto", Said) { Earlier = ["a present for my sister Anna please", "something cheaper"] };

        var candidate = Assert.Single(FactProposer.Propose(turn));

        Assert.Equal(("The user's sister Anna lives in Porto.", "my sister Anna"), (candidate.Text, candidate.EarlierPerson));
    }

    [Theory]
    [InlineData("he lives in Porto", "a present for my sister Anna please")]
    [InlineData("she lives in Porto", "translate: my sister Anna is here")]
    [InlineData("she lives in Porto", "what a day")]
    [InlineData("a story about a girl please. she lives in Porto", "a present for my sister Anna please")]
    public void A_pronoun_that_nobody_explains_tells_nothing(string text, string earlier) =>
        Assert.Empty(FactProposer.Propose(new WritingTurn(text, Said) { Earlier = [earlier] }));

    [Theory]
    [InlineData("rego due 9 May. remember", "The user notes: rego due 9 May.")]
    [InlineData("i owe bronwen 46 quid for the wifi, make sure i dont forget", "The user owes bronwen 46 quid for the wifi.")]
    public void An_order_to_remember_may_stand_behind_what_it_means(string text, string fact)
    {
        var candidate = Assert.Single(Propose(text));

        Assert.Equal((fact, true, null), (candidate.Text, candidate.IsExplicit, candidate.Doubt));
    }

    [Fact]
    public void A_sentence_without_a_verb_goes_on_with_the_one_before()
    {
        var candidate = Assert.Single(Propose("I passed!!! 78 points!!!"));

        Assert.Equal("The user passed; 78 points.", candidate.Text);
    }

    [Theory]
    [InlineData("I live in Porto.", "The user lives in Porto.")]
    [InlineData("yes, I'm still living in Porto", "The user lives in Porto with a brother.")]
    public void What_is_known_or_was_recalled_is_not_proposed_again(string text, string known)
    {
        var turn = new WritingTurn(text, Said);

        Assert.Empty(FactProposer.Propose(turn with { Known = [new KnownFact(Id(1), known, "home")] }));
        Assert.Empty(FactProposer.Propose(turn with { Recalled = [known] }));
    }

    [Theory]
    [InlineData("I moved to Porto", "home", "The user lives in Leeds.")]
    [InlineData("I'm down to three hundred and sixty ewes", "number of ewe", "The user has four hundred ewes.")]
    [InlineData("I don't drink coffee any more", "taste coffee", "The user drinks coffee every morning.")]
    [InlineData("My favourite colour is green", "favourite colour", "The user's favourite colour is blue.")]
    public void A_newer_statement_takes_the_place_of_the_older_one_about_the_same(string text, string attribute, string known)
    {
        var candidate = Assert.Single(FactProposer.Propose(new WritingTurn(text, Said) { Known = [new KnownFact(Id(1), known, attribute)] }));

        Assert.Equal((attribute, Id(1)), (candidate.Attribute, candidate.Supersedes));
    }

    [Theory]
    [InlineData("sold the hiace", "The user notes: van: Hiace, 2014, white.")]
    [InlineData("My teaching day is only Monday now", "The user teaches on Mondays and Wednesdays.")]
    [InlineData("i'm swapping from biology to marine science", "The user just started biology at glasgow uni.")]
    public void What_is_said_to_have_changed_takes_the_place_of_what_speaks_of_the_same(string text, string known)
    {
        var turn = new WritingTurn(text, Said) { Known = [new KnownFact(Id(1), known, null), new KnownFact(Id(2), "The user lives in Bath.", "home")] };

        var candidate = Assert.Single(FactProposer.Propose(turn));

        Assert.Equal(Id(1), candidate.Supersedes);
    }

    [Theory]
    [InlineData("sold the hiace", "The user has two cats.")]
    [InlineData("I sold the van yesterday in Leeds", "The user's brother has a van.")]
    public void What_speaks_of_something_else_keeps_its_place(string text, string known)
    {
        var candidate = Assert.Single(FactProposer.Propose(new WritingTurn(text, Said) { Known = [new KnownFact(Id(1), known, null)] }));

        Assert.Null(candidate.Supersedes);
    }

    [Fact]
    public void A_correction_takes_the_place_of_what_it_corrects()
    {
        var turn = new WritingTurn("No, sorry, I meant Wednesdays for Beatrix.", Said) { Known = [new KnownFact(Id(1), "Beatrix works on Tuesdays.", null), new KnownFact(Id(2), "The user lives in Bath.", "home")] };

        var candidate = Assert.Single(FactProposer.Propose(turn));

        Assert.Equal(("The user meant Wednesdays for Beatrix.", Id(1)), (candidate.Text, candidate.Supersedes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0")]
    [InlineData("I")]
    [InlineData("my")]
    [InlineData("\"I live in")]
    [InlineData("'s 'm n't")]
    [InlineData("I'm \ud800 from Porto")]
    public void A_strange_text_is_read_without_a_fault(string text) => Assert.InRange(Propose(text).Length, 0, 1);

    private static FactId Id(int number) => new(new Guid(number, 0, 0, new byte[8]));

    private static ImmutableArray<FactCandidate> Propose(string text) => FactProposer.Propose(new WritingTurn(text, Said));
}
