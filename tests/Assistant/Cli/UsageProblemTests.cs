using System.CommandLine;
using PersonalAi.Assistant.Cli;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli;

public sealed class UsageProblemTests
{
    [Theory]
    [InlineData("--limit ten", "'ten' is not a whole number, which '--limit' takes; see 'pai list --help'.")]
    [InlineData("--timeout soon", "'soon' is not a number, which '--timeout' takes; see 'pai list --help'.")]
    [InlineData("--format pdf", "Argument 'pdf' not recognized. Must be one of: 'md' 'jsonl'")]
    [InlineData("first", "'first' is not a whole number, which PAGE takes; see 'pai list --help'.")]
    [InlineData("--limit 1 --limit 2", "Option '--limit' expects a single argument but 2 were provided.")]
    public void A_wrong_value_is_told_in_the_users_words(string commandLine, string sentence)
    {
        var list = new Command("list")
        {
            new Option<int>("--limit"), new Option<double>("--timeout"), new Option<string>("--format").AcceptOnlyFromAmong("md", "jsonl"), new Argument<int?>("PAGE"),
        };

        var problem = UsageProblem.In(new RootCommand { list }.Parse($"list {commandLine}"));

        Assert.Equal(sentence, problem.Message);
    }
}
