using System.Diagnostics.CodeAnalysis;
using PersonalAi.Adapters.Frontier;
using PersonalAi.Assistant.Privacy;

namespace PersonalAi.Assistant.Frontier;

/// <summary>
/// A server of the user's own, as a line of <c>frontier.servers</c> enters it: a name, an address, and words in any order, such as
/// <c>home https://192.168.1.5:8000/v1 pin:sha256:HEX</c> or <c>lab https://gpu.lan/v1 ca:/path/ca.pem wire:anthropic key:none</c>.
/// </summary>
/// <param name="Endpoint">Where it is, and how it is spoken to.</param>
/// <param name="Trust">What vouches for it.</param>
/// <param name="NeedsKey">Whether it asks for a key.</param>
internal sealed record OwnServer(FrontierEndpoint Endpoint, ServerTrust Trust, bool NeedsKey)
{
    private const string Pin = "pin:sha256:", Authority = "ca:", Wire = "wire:", NoKey = "key:none";
    private const int PinLength = 64, LongestName = 32;

    /// <summary>The server that a line enters.</summary>
    /// <param name="line">The line.</param>
    /// <param name="server">The server.</param>
    /// <param name="problem">What is wrong with it: a sentence that quotes the word.</param>
    public static bool TryParse(string line, [NotNullWhen(true)] out OwnServer? server, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            (server, problem) = (Parse(line), null);
            return true;
        }
        catch (FormatException error)
        {
            (server, problem) = (null, error.Message);
            return false;
        }
    }

    /// <summary>The server that a line enters.</summary>
    /// <exception cref="FormatException">It enters none; the message quotes the word that is wrong.</exception>
    public static OwnServer Parse(string line)
    {
        if (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not [var name, var address, .. var words])
        {
            throw new FormatException($"'{line}' has no name and address; write it as 'home https://192.168.1.5:8000/v1'.");
        }

        var server = new OwnServer(new FrontierEndpoint(Name(name), FrontierWire.OpenAI, Address(address)), new ServerTrust.System(), NeedsKey: true);
        return words.Aggregate(server, (entry, word) => entry.With(word));
    }

    private static string Name(string name) => name switch
    {
        _ when name.Length > LongestName || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_') =>
            throw new FormatException($"'{name}' cannot be the name of a server; use up to {LongestName} of a-z, 0-9, '-' and '_'."),
        "none" => throw new FormatException("'none' stands for no server; choose another name."),
        _ when FrontierEndpoint.Providers.Any(provider => provider.Name == name) => throw new FormatException($"'{name}' is the name of a provider; choose another name."),
        _ => name,
    };

    private static Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) switch
    {
        true when address!.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp => throw new FormatException($"'{text}' is no address of the web; it begins with https://."),
        true when !EgressConsent.IsPrivate(address!) => throw new FormatException($"'{text}' is not encrypted, and not on this machine; use https."),
        true when address!.UserInfo.Length > 0 => throw new FormatException("A key does not belong into an address; keep it with 'pai frontier key NAME'."),
        true when address!.Query.Length + address.Fragment.Length > 0 => throw new FormatException($"'{text}' has more than a host and a path; leave out what begins with '?' or '#'."),
        true => address!,
        false => throw new FormatException($"'{text}' is no address; write it as 'https://192.168.1.5:8000/v1'."),
    };

    private OwnServer With(string word) => word switch
    {
        _ when word.StartsWith(Pin, StringComparison.Ordinal) => this with { Trust = new ServerTrust.Pinned(Hash(word[Pin.Length..])) },
        _ when word.StartsWith(Authority, StringComparison.Ordinal) => this with { Trust = new ServerTrust.Authority(File(word[Authority.Length..])) },
        _ when word.StartsWith(Wire, StringComparison.Ordinal) => this with { Endpoint = Endpoint with { Wire = WireOf(word[Wire.Length..]) } },
        NoKey => this with { NeedsKey = false },
        _ => throw new FormatException($"'{word}' is not known; there are {Pin}HEX, {Authority}PATH, {Wire}anthropic and {NoKey}."),
    };

    // As openssl prints it, too: with colons, in capitals.
    private static string Hash(string text) =>
        text.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant() is { Length: PinLength } hex && hex.All(char.IsAsciiHexDigit)
            ? hex
            : throw new FormatException($"'{text}' is no SHA-256; it has {PinLength} hexadecimal digits.");

    private static string File(string path) => Path.IsPathFullyQualified(path) ? path : throw new FormatException($"'{path}' must be an absolute path.");

    private static FrontierWire WireOf(string name) => name switch
    {
        "openai" => FrontierWire.OpenAI,
        "anthropic" => FrontierWire.Anthropic,
        _ => throw new FormatException($"'{name}' is no wire; there are openai and anthropic."),
    };
}
