using System.Text;

namespace PersonalAi.Adapters.Frontier;

/// <summary>A key that a server asks for. It says nothing of itself, so that it comes into no log, error or ledger by accident.</summary>
public sealed class FrontierKey
{
    /// <summary>The longest key in characters.</summary>
    public const int Longest = 4096;

    private const int ShortestPart = 6;

    private readonly string _secret;

    /// <summary>Takes a key as it was given.</summary>
    /// <param name="secret">Printable ASCII without spaces.</param>
    /// <exception cref="FormatException">It cannot stand in a header of a request.</exception>
    public FrontierKey(string secret)
    {
        if (secret.Length is 0 or > Longest || secret.Any(c => c is <= ' ' or > '~'))
        {
            throw new FormatException($"A key has 1 to {Longest} printable ASCII characters and no spaces.");
        }

        _secret = secret;
    }

    /// <summary>Says nothing.</summary>
    public override string ToString() => "(a key)";

    /// <summary>The key itself, for where it is kept.</summary>
    public byte[] ToBytes() => Encoding.ASCII.GetBytes(_secret);

    /// <summary>The key itself, for a header of a request.</summary>
    internal string Reveal() => _secret;

    /// <summary>A server's text without the key, or the masked form of it that some servers write.</summary>
    internal string RemoveFrom(string text) => string.Join(' ', text.Split(' ').Select(word => Shows(word) ? ToString() : word));

    private bool Shows(string word) =>
        word.Contains(_secret, StringComparison.Ordinal)
        || (_secret.Length > 2 * ShortestPart
            && (word.Contains(_secret[..ShortestPart], StringComparison.Ordinal) || word.Contains(_secret[^ShortestPart..], StringComparison.Ordinal)));
}
