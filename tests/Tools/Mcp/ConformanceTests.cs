using System.Diagnostics;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Tools.Mcp;

public sealed class ConformanceTests
{
    [Theory]
    [InlineData("initialize")]
    [InlineData("tools_call")]
    [InlineData("elicitation-sep1034-client-defaults")]
    [InlineData("sse-retry")]
    public async Task Our_client_passes_the_scenario(string scenario)
    {
        using var folder = new ScratchFolder();
        var client = $"{Path.ChangeExtension(typeof(ConformanceTests).Assembly.Location, null)} {McpClientChild.Argument}";
        using var process = Process.Start(new ProcessStartInfo(
            NodePackages.NewNode(), [NodePackages.Path("@modelcontextprotocol/conformance", "dist", "index.js"), "client", "--command", client, "--scenario", scenario])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, $"{await output}\n{error}");
    }
}
