using System.Net;
using System.Text.RegularExpressions;
using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Identifiers;

/// <summary>IP addresses of versions 4 and 6, but not this machine's own to itself, which tell nothing.</summary>
internal sealed partial class IpRecogniser : Recogniser
{
    public override IEnumerable<SensitiveSpan> Find(ReadText text) =>
        Four().Matches(text.Text).Concat(Six().Matches(text.Text).Where(match => IsLikely(match.ValueSpan)))
            .Where(match => IPAddress.TryParse(match.ValueSpan, out var address) && !IPAddress.IsLoopback(address) && !address.Equals(IPAddress.Any))
            .Select(match => new SensitiveSpan(match.Index, match.Length, SensitiveType.IpAddress, Score: 0.95));

    // "a::b" is a name in some programming languages rather.
    private static bool IsLikely(ReadOnlySpan<char> text) => text.ContainsAnyInRange('0', '9') && text.Count(':') > 2 || text.StartsWith("fe80:", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(?<![\w.])(?<!\bversion |\bv)(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)", RegexOptions.IgnoreCase)]
    private static partial Regex Four();

    [GeneratedRegex(@"(?<![\w:.])(?=[0-9A-Fa-f]{0,4}:)[0-9A-Fa-f:]{3,39}(?:(?<=:)(?:\d{1,3}\.){3}\d{1,3})?(?![\w:])")]
    private static partial Regex Six();
}
