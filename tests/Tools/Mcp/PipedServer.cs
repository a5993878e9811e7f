using System.IO.Pipelines;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PersonalAi.Tests.Tools.Mcp;

/// <summary>A real MCP server in this process, which a client reaches over pipes; started anew for each connection.</summary>
internal sealed class PipedServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<(McpServer Server, Task Running, Pipe ToClient)> _runs = [];

    public McpServerOptions Options { get; } = new()
    {
        ServerInfo = new Implementation { Name = "piped", Version = "1.2.3" },
        ToolCollection = [],
    };

    /// <summary>How often it was started.</summary>
    public int Starts => _runs.Count;

    /// <summary>Has no answer for anything.</summary>
    public bool IsSilent { get; set; }

    public PipedServer With(string name, string description, Delegate method)
    {
        Options.ToolCollection!.Add(McpServerTool.Create(method, new McpServerToolCreateOptions { Name = name, Description = description }));
        return this;
    }

    public IClientTransport Open()
    {
        var toServer = new Pipe();
        var toClient = new Pipe();
        var server = McpServer.Create(new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream()), Options);
        _runs.Add((server, IsSilent ? Task.CompletedTask : server.RunAsync(_stopping.Token), toClient));
        return new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream());
    }

    /// <summary>Ends as a process does that dies.</summary>
    public async Task DieAsync()
    {
        await _runs[^1].Server.DisposeAsync();
        await _runs[^1].ToClient.Writer.CompleteAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        foreach (var (server, _, _) in _runs)
        {
            await server.DisposeAsync();
        }

        _stopping.Dispose();
    }
}
