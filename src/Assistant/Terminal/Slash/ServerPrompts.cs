using System.Text.RegularExpressions;
using PersonalAi.Assistant.Chat;
using PersonalAi.Tools.Mcp;

namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Sends prompts of MCP servers, typed as <c>/server:prompt name=value</c>.</summary>
/// <param name="servers">The servers.</param>
internal sealed partial class ServerPrompts(McpServers servers)
{
    /// <summary>Whether this is the prompt of a server that there is.</summary>
    public bool Knows(string name) => name.Split(':', 2) is [var server, { Length: > 0 }] && servers.Servers.Any(one => one.Name == server);

    /// <summary>Has the server write the prompt, and sends it: its words are not the user's.</summary>
    /// <param name="face">The chat it was typed into.</param>
    /// <param name="name">The server and its prompt, without the slash.</param>
    /// <param name="argument">What follows: <c>name=value</c>, values with spaces in quotes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="McpServerException">The server cannot be reached, has no such prompt, or misses an argument.</exception>
    public async Task RunAsync(ChatFace face, string name, string argument, CancellationToken cancellationToken = default)
    {
        var (server, prompt) = (name.Split(':', 2)[0], name.Split(':', 2)[1]);
        var arguments = Pair().Matches(argument).ToDictionary(pair => pair.Groups["name"].Value, pair => pair.Groups["value"].Value.Trim('"'));
        var text = await servers.GetPromptAsync(server, prompt, arguments, cancellationToken);
        face.Say(text.Text);
        await face.ShowAsync(token => face.Chat.SendAsync(new UserMessage("").With(text.Text, text.Origin), cancellationToken: token), cancellationToken);
    }

    [GeneratedRegex(@"(?<name>[\w-]+)=(?<value>""[^""]*""|\S+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pair();
}
