using PersonalAi.Memory.Recall.Index;
using Xunit;

namespace PersonalAi.Tests.Memory.Recall.Index;

public sealed class NameFinderTests
{
    [Theory]
    [InlineData("My sister Anna Berg lives in Porto.", new[] { "Anna Berg", "Porto" })]
    [InlineData("Yesterday I met Tom, Ana and Dr Silva's wife", new[] { "Tom", "Ana", "Dr Silva" })]
    [InlineData("please fix run_all.sh and parseUrl in v1.2, ticket AB-1234", new[] { "run_all.sh", "parseUrl", "v1.2", "AB-1234" })]
    [InlineData("What did I do on Monday? Nothing much.", new string[0])]
    [InlineData("It's Priya’s idea; PRIYA said so.", new[] { "Priya" })]
    public void Finds_names_and_code_but_not_the_beginnings_of_sentences(string text, string[] names) =>
        Assert.Equal(names, NameFinder.Find(text));
}
