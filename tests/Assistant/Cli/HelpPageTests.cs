using System.CommandLine;
using PersonalAi.Assistant.Cli;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli;

public sealed class HelpPageTests
{
    public static TheoryData<string> Commands => [.. Paths(new PaiRootCommand(), "pai")];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_explains_itself(string command)
    {
        using var pai = new PaiSandbox();

        var result = await pai.RunAsync([.. command.Split(' ').Skip(1), "--help"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("\nExamples:\n  ", result.Output, StringComparison.Ordinal);
        GoldenFile.Matches($"help-{command.Replace(' ', '-')}.txt", result.Output);
    }

    private static IEnumerable<string> Paths(Command command, string path) =>
        command.Subcommands.SelectMany(subcommand => Paths(subcommand, $"{path} {subcommand.Name}")).Prepend(path);
}
