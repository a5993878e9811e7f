namespace PersonalAi.Tools.Mcp;

/// <summary>Reads addresses of MCP servers.</summary>
public static class McpAddress
{
    /// <summary>The address that a text is.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="refuse">Told why it is none: a clause without a full stop; throws.</param>
    public static Uri Parse(string text, Action<string> refuse)
    {
        ArgumentNullException.ThrowIfNull(refuse);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            refuse($"has the address '{text}', which is not one of 'https'");
        }
        else if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
        {
            refuse($"has the address '{text}', where others could read along; use 'https'");
        }
        else if (url.UserInfo.Length > 0)
        {
            refuse("has a name or password in its address; use a header with a reference to a secret");
        }

        return url!;
    }
}
