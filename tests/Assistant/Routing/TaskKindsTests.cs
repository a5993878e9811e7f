using PersonalAi.Assistant.Routing;
using Xunit;

namespace PersonalAi.Tests.Assistant.Routing;

public sealed class TaskKindsTests
{
    [Theory]
    [InlineData("Good morning!", TaskKind.Talk)]
    [InlineData("", TaskKind.Talk)]
    [InlineData("What is the capital of France?", TaskKind.Question)]
    [InlineData("when does the museum open", TaskKind.Question)]
    [InlineData("What is 12 times 7?", TaskKind.Calculation)]
    [InlineData("3 + 4", TaskKind.Calculation)]
    [InlineData("Ana has 3 eggs and buys 12. How many has she?", TaskKind.Calculation)]
    [InlineData("How much is the fish?", TaskKind.Question)]
    [InlineData("Write a letter to my landlord.", TaskKind.Writing)]
    [InlineData("Please translate this into Norwegian: good night", TaskKind.Writing)]
    [InlineData("Write a regex for dates.", TaskKind.Code)]
    [InlineData("What does this do?\n```\nx = 1\n```", TaskKind.Code)]
    internal void Kinds_are_told_apart_by_words(string message, TaskKind expected) => Assert.Equal(expected, TaskKinds.Of(message));
}
