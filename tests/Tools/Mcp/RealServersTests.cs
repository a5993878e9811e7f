using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Tests.Fakes;
using PersonalAi.Tools;
using PersonalAi.Tools.Mcp;
using Xunit;

namespace PersonalAi.Tests.Tools.Mcp;

public sealed class RealServersTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly List<string> _progress = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_server_with_everything_is_served_over_standard_streams()
    {
        await using var servers = await AcceptedAsync(Everything());

        var tools = await servers.ToolsAsync();
        var resources = await servers.ResourcesAsync("everything");
        var text = await servers.ReadResourceAsync("everything", "demo://resource/dynamic/text/1");
        var prompts = await servers.PromptsAsync();
        var prompt = await servers.GetPromptAsync("everything", "args-prompt", new Dictionary<string, string> { ["city"] = "Porto" });
        var completions = await servers.CompleteAsync("everything", "completable-prompt", "department", "E");

        Assert.Equal("Echo: hello", await CallAsync(tools, "everything_echo", new { message = "hello" }));
        Assert.Equal("The sum of 2 and 40 is 42.", await CallAsync(tools, "everything_get_sum", new { a = 2, b = 40 }));
        Assert.Contains("[an image, image/png, ", await CallAsync(tools, "everything_get_tiny_image", new { }), StringComparison.Ordinal);
        Assert.Contains("completed", await CallAsync(tools, "everything_trigger_long_running_operation", new { duration = 0.2, steps = 2 }), StringComparison.Ordinal);
        Assert.Contains("everything trigger-long-running-operation 1 of 2", _progress);
        Assert.Contains(resources, resource => resource.IsTemplate);
        Assert.StartsWith("Resource 1", text.Text, StringComparison.Ordinal);
        Assert.Contains(prompts, one => one.Name == "args-prompt" && one.Arguments.Any(argument => argument is { Name: "city", IsRequired: true }));
        Assert.Contains("Porto", prompt.Text, StringComparison.Ordinal);
        Assert.Contains("Engineering", completions);
    }

    [Fact]
    public async Task A_server_sees_only_the_variables_that_its_entry_names()
    {
        Environment.SetEnvironmentVariable("PAI_TEST_SECRET", "must not be seen");
        var entry = Everything() with { Environment = new Dictionary<string, string> { ["GIVEN"] = "${env:PAI_TEST_SECRET_REFERENCE}" } };
        await using var servers = await AcceptedAsync(entry);

        var environment = JsonDocument.Parse((await CallAsync(await servers.ToolsAsync(), "everything_get_env", new { }))!).RootElement;

        Assert.Equal("a secret", environment.GetProperty("GIVEN").GetString());
        Assert.Empty(environment.EnumerateObject().Select(variable => variable.Name).Except(["GIVEN", "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG", "LC_ALL", "LC_CTYPE", "TZ"]));
    }

    [Theory]
    [InlineData("streamableHttp", "mcp")]
    [InlineData("sse", "sse")]
    public async Task The_server_with_everything_is_served_over_http(string transport, string path)
    {
        var port = FreePort();
        using var process = StartEverything(transport, port);
        try
        {
            await using var servers = await AcceptedAsync(new McpServerEntry("web") { Url = new Uri($"http://localhost:{port}/{path}") });

            var tools = await servers.ToolsAsync();

            Assert.Equal("Echo: hello", await CallAsync(tools, "web_echo", new { message = "hello" }));
            Assert.Equal(["localhost"], tools[0].ReachOf(default).Hosts);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task The_file_server_reads_in_its_folder_and_nowhere_else()
    {
        await File.WriteAllTextAsync(_folder["note.txt"], "Buy milk.");
        await using var servers = await AcceptedAsync(Package("files", "server-filesystem", _folder.Path));

        var tools = await servers.ToolsAsync();
        var error = await Assert.ThrowsAsync<ToolException>(() => CallAsync(tools, "files_read_text_file", new { path = "/etc/passwd" }));

        Assert.Equal("Buy milk.", await CallAsync(tools, "files_read_text_file", new { path = _folder["note.txt"] }));
        Assert.Contains("outside allowed directories", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_memory_server_keeps_what_it_is_told()
    {
        await using var servers = await AcceptedAsync(Package("graph", "server-memory") with { Environment = new Dictionary<string, string> { ["MEMORY_FILE_PATH"] = _folder["memory.jsonl"] } });

        var tools = await servers.ToolsAsync();
        await CallAsync(tools, "graph_create_entities", new { entities = new[] { new { name = "Ines", entityType = "person", observations = new[] { "lives in Porto" } } } });

        Assert.Contains("lives in Porto", await CallAsync(tools, "graph_search_nodes", new { query = "Ines" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_ends_as_it_starts_says_why()
    {
        await using var servers = new McpServers(Place(), [new McpServerEntry("broken") { Command = NodePackages.Node, Arguments = ["-e", "console.error('no such folder'); process.exit(3)"] }], McpLock.Empty, Open);

        var error = await Assert.ThrowsAsync<McpServerException>(() => servers.InspectAsync("broken"));

        Assert.Equal("The MCP server 'broken' ended with exit code 3: no such folder.", error.Message);
    }

    private static McpServerEntry Everything() => Package("everything", "server-everything");

    private static McpServerEntry Package(string name, string package, params string[] arguments) =>
        new(name) { Command = NodePackages.Node, Arguments = [Script(package), .. arguments] };

    private static string Script(string package) => NodePackages.Path($"@modelcontextprotocol/{package}", "dist", "index.js");

    private static Process StartEverything(string transport, int port)
    {
        var start = new ProcessStartInfo(NodePackages.Node, [Script("server-everything"), transport]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var process = Process.Start(start)!;
        while (process.StandardError.ReadLine() is { } line && !line.Contains($"{port}", StringComparison.Ordinal))
        {
        }

        return process;
    }

    private static int FreePort()
    {
#pragma warning disable RS0030 // Nothing is sent: the system is asked for a port that nobody listens at.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
#pragma warning restore RS0030
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private McpPlace Place() => new(_folder.Path, McpClientChild.OpenWeb, name => name == "PAI_TEST_SECRET_REFERENCE" ? "a secret" : Environment.GetEnvironmentVariable(name), TimeProvider.System, NullLogger.Instance)
    {
        Progress = new RecordedProgress<string>(_progress.Add),
        StartLimit = TimeSpan.FromSeconds(60),
        ListLimit = TimeSpan.FromSeconds(60),
    };

    private ModelContextProtocol.Client.IClientTransport Open(McpServerEntry entry) => new McpTransports(Place()).Open(entry);

    private async Task<McpServers> AcceptedAsync(McpServerEntry entry)
    {
        await using var servers = new McpServers(Place(), [entry], McpLock.Empty, Open);
        var offered = (await servers.InspectAsync(entry.Name)).Tools.Select(tool => tool.Now!);
        return new McpServers(Place(), [entry], McpLock.Empty.With(entry.Name, offered, DateTimeOffset.UnixEpoch), Open);
    }

    private static Task<string?> CallAsync(IReadOnlyList<Tool> tools, string name, object arguments) => tools.Single(tool => tool.Name == name).CallTextAsync(arguments);
}
