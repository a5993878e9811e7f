using System.Text.RegularExpressions;

namespace PersonalAi.Tools.Mcp;

/// <summary>Tells values that look like secrets, which have no place in a configuration file.</summary>
public static partial class LiteralSecrets
{
    private const int ShortestSecret = 8;

    /// <summary>Refuses a value that looks like a secret and is written out.</summary>
    /// <param name="server">The server that it is for.</param>
    /// <param name="name">Of the variable or header.</param>
    /// <param name="value">What is written there.</param>
    /// <exception cref="McpServerException">It looks like a secret; says where secrets belong.</exception>
    public static void Refuse(string server, string name, string value)
    {
        if (LooksSecret(name, value))
        {
            throw new McpServerException(
                McpFault.Entry,
                $"The value of '{name}' for the MCP server '{server}' looks like a secret and must not stand in the configuration: put it into an environment variable, or into a file that only you can read, and write '${{env:{VariableOf(name)}}}' or '${{file:PATH}}'.");
        }
    }

    /// <summary>Refuses arguments that look like secrets: other users of the machine could read them while the program runs.</summary>
    /// <param name="server">The server that they are for.</param>
    /// <param name="arguments">The arguments of its program.</param>
    /// <exception cref="McpServerException">One looks like a secret; says where secrets belong.</exception>
    public static void RefuseIn(string server, IReadOnlyList<string> arguments)
    {
        var before = "";
        foreach (var argument in arguments)
        {
            var parts = argument.Split('=', 2);
            (var name, var value) = parts is [['-', ..] option, var given] ? (option, given) : (before, argument);
            if (name.StartsWith('-') && !value.StartsWith('-') ? LooksSecret(name, value) : KnownSecret.IsMatch(argument))
            {
                throw new McpServerException(
                    McpFault.Entry,
                    $"The argument '{(name.Length > 0 ? name : "of the program")}' of the MCP server '{server}' looks like a secret, which others could read while it runs: give it as a variable instead, '--env {VariableOf(name)}=${{env:{VariableOf(name)}}}'.");
            }

            before = argument;
        }
    }

    private static bool LooksSecret(string name, string value) =>
        !SecretReferences.Contains(value)
        && (KnownSecret.IsMatch(value) || (value.Length >= ShortestSecret && SecretName.IsMatch(name) && !PlaceName.IsMatch(name)));

    private static string VariableOf(string name) => NotInVariables.Replace(name.Trim('-'), "_").ToUpperInvariant() is { Length: > 0 } variable ? variable : "NAME";

    [GeneratedRegex("key|token|secret|passw|pwd|credential|authori[sz]ation|bearer|cookie", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName { get; }

    [GeneratedRegex("(file|path|dir|folder|url|uri|id|name|limit|length|count)$", RegexOptions.IgnoreCase)]
    private static partial Regex PlaceName { get; }

    // The forms that large services give to their keys, which are told by no name.
    [GeneratedRegex(@"\b(sk-[\w-]{16,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|AIza[\w-]{30,}|eyJ[\w-]{10,}\.[\w-]{10,}\.)")]
    private static partial Regex KnownSecret { get; }

    [GeneratedRegex("[^A-Za-z0-9_]+")]
    private static partial Regex NotInVariables { get; }
}
