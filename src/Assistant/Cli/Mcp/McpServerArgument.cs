using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Mcp;

/// <summary>Names an MCP server on a command line.</summary>
internal sealed class McpServerArgument : Argument<string>
{
    public McpServerArgument() : base("NAME") => Description = "What you call the server; 'pai mcp list' shows the names";
}
