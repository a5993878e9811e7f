using PersonalAi.Assistant;
using PersonalAi.Assistant.Cli;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Assistant.Tools;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Tools;

public sealed class ToolsEnabledTests : IDisposable
{
    private readonly PaiSandbox _pai = new();

    public void Dispose() => _pai.Dispose();

    [Fact]
    public async Task Usually_the_model_has_all_tools() => Assert.Null(await ToolsAsync(ToolChoice.Usual));

    [Fact]
    public async Task Where_the_configuration_says_so_the_model_has_no_tool()
    {
        _pai.Environment["PAI_TOOLS_ENABLED"] = "false";

        Assert.Equal([], await ToolsAsync(ToolChoice.Usual));
    }

    [Fact]
    public async Task What_the_command_line_names_goes_before_the_configuration()
    {
        _pai.Environment["PAI_TOOLS_ENABLED"] = "false";

        Assert.Equal(["calculate"], await ToolsAsync(new ToolChoice { Names = ["calculate"] }));
    }

    private async Task<IReadOnlyList<string>?> ToolsAsync(ToolChoice choice)
    {
        var console = new ConsoleStreams(() => TextReader.Null, TextWriter.Null, TextWriter.Null);
        await using var composition = new Composition(new PaiRootCommand().Parse(["chat"]), new ProcessContext(console, _pai.Environment.GetValueOrDefault, _pai.Interrupts));
        await using var chat = await composition.OpenChatAsync(choice, new RecordedProgress<PersonalAi.Adapters.Models.ModelProgress>(), cancellationToken: TestContext.Current.CancellationToken);
        return chat.Tools;
    }
}
