using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Privacy.Packets;
using YamlDotNet.RepresentationModel;

namespace PersonalAi.Assistant.Privacy.Consent;

/// <summary>The user's word for scripts, written by hand: to which model, for what, for how much, and until when.</summary>
/// <param name="Destination">As <c>frontier.model</c> names it.</param>
/// <param name="Purpose">What it may be asked for.</param>
/// <param name="Budget">What all packets by this file may cost together.</param>
/// <param name="Expires">From when on it holds no more.</param>
/// <param name="Id">Its name in the ledger: a hash of the file, so that an edited file is another consent.</param>
internal sealed record ConsentFile(string Destination, PacketPurpose Purpose, ConsentBudget Budget, DateTimeOffset Expires, string Id)
{
    /// <summary>What a file looks like.</summary>
    public const string Example =
        """
        destination: openai/gpt-4o        # one model, as 'pai frontier list' names it
        purpose: escalate                 # escalate or compare
        budget:
          tokens: 20000                   # both ways, over all runs with this file
          usd: 0.50
        expires: 2026-12-31T23:59:59Z
        """;

    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private static readonly ImmutableArray<string> Keys = ["destination", "purpose", "budget", "expires"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">There is none, or it is no YAML.</exception>
    /// <exception cref="DeniedException">It does not say all that it must, or others can change it.</exception>
    public static async Task<ConsentFile> ReadAsync(FileInfo file, CancellationToken cancellationToken = default)
    {
        string text;
        try
        {
            text = await File.ReadAllTextAsync(file.FullName, cancellationToken);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"There is no consent file '{file}'; check the path.", error);
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.FullName) & WritableByOthers) != 0)
        {
            throw new DeniedException($"Others can change the consent file '{file}', so it is nobody's word; run 'chmod go-w {file}'.");
        }

        return Parse(file.ToString(), text);
    }

    /// <summary>Reads the text of a file.</summary>
    public static ConsentFile Parse(string name, string text)
    {
        var root = new YamlText(name).Parse(text) ?? throw Lacks(name, "destination");
        if (root.Children.Keys.FirstOrDefault(key => !Keys.Contains(key.ToString())) is { } unknown)
        {
            throw new DeniedException($"The consent file '{name}' says '{unknown}', which is not known here; it says {string.Join(", ", Keys)}.");
        }

        var budget = root.Children.TryGetValue("budget", out var node) && node is YamlMappingNode both ? both : throw Lacks(name, "budget");
        return new ConsentFile(
            Text(root, "destination") ?? throw Lacks(name, "destination"),
            Enum.TryParse<PacketPurpose>(Text(root, "purpose"), ignoreCase: true, out var purpose) && Enum.IsDefined(purpose) ? purpose : throw Lacks(name, "purpose"),
            new ConsentBudget(Number(name, budget, "tokens", long.Parse), Number(name, budget, "usd", decimal.Parse)),
            Moment(Text(root, "expires")) ?? throw Lacks(name, "expires"),
            $"file:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]}");
    }

    private static string? Text(YamlMappingNode mapping, string key) => mapping.Children.TryGetValue(key, out var node) && node is YamlScalarNode { Value: { Length: > 0 } value } ? value : null;

    private static T Number<T>(string file, YamlMappingNode budget, string key, Func<string, NumberStyles, IFormatProvider, T> parse)
    {
        try
        {
            return parse(Text(budget, key) ?? throw Lacks(file, $"budget.{key}"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw Lacks(file, $"budget.{key}");
        }
    }

    // A date alone ends with its day in UTC.
    private static DateTimeOffset? Moment(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new DateTimeOffset(day.AddDays(1), default, TimeSpan.Zero)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment
        : null;

    private static DeniedException Lacks(string name, string key) =>
        new($"The consent file '{name}' does not say '{key}' as it must; 'pai ask --help' and docs/privacy.md show a whole one.");
}
