using System.Globalization;
using System.Text;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using PersonalAi.Assistant.Frontier;
using PersonalAi.Assistant.Privacy.Packets;

namespace PersonalAi.Assistant.Terminal;

/// <summary>What the user is shown before a packet is approved: where it goes, what it is made of, what placeholders hide, every byte, and what it may cost.</summary>
/// <param name="packet">The packet.</param>
internal sealed class PacketText(Packet packet)
{
    private const int Width = 100;
    private const int MostLines = 30;
    private const int Excerpt = 160;

    private PacketDraft Draft => packet.Draft;

    /// <summary>Whether lines of the bytes are left out.</summary>
    public bool IsShortened => Body().Count > MostLines;

    /// <summary>The text, which ends with a line break.</summary>
    /// <param name="whole">Whether all lines of the bytes are shown.</param>
    public string Write(bool whole) => string.Concat(Lines(whole).Select(line => $"{line}\n"));

    private IEnumerable<string> Lines(bool whole)
    {
        var destination = Draft.Destination;
        yield return $"A packet for {RevealedText.Of(destination.Reference)} at {RevealedText.Of(destination.Authority)} ({Describe(destination)}). Nothing has been sent.";
        foreach (var reason in Draft.Reasons)
        {
            yield return $"Why: {RevealedText.Of(reason)}";
        }

        if (Draft.LocalAnswer.Length > 0)
        {
            yield return $"The local model answered: {Shorten(Draft.LocalAnswer)}";
        }

        yield return "Made of:";
        foreach (var (index, item) in Draft.Items.Index())
        {
            yield return $"  {index + 1} [{(item.IsTicked ? 'x' : ' ')}] {Describe(item)}";
        }

        foreach (var line in Redactions())
        {
            yield return line;
        }

        yield return $"{packet.Request.Method} {RevealedText.Of(packet.Request.Address.AbsoluteUri)}";
        foreach (var (name, value) in packet.Request.Headers)
        {
            yield return $"{RevealedText.Of(name)}: {RevealedText.Of(value)}";
        }

        var body = Body();
        foreach (var line in whole || body.Count <= MostLines ? body : [.. body.Take(MostLines / 2), $"  ... {body.Count - MostLines} lines are not shown here; v shows them ...", .. body.TakeLast(MostLines / 2)])
        {
            yield return line;
        }

        yield return $"{Quantity.Of(packet.Request.Body.Length, "byte")}, SHA-256 {packet.Request.Sha256}";
        yield return $"About {Quantity.Of(packet.Cost.InputTokens, "token")} out, at most {Quantity.Of(packet.Cost.OutputTokens, "token")} back: {Price(packet.Cost.Usd)}.";
    }

    private static string Describe(FrontierDestination destination) => destination.Class switch
    {
        TrustClass.SelfHosted when destination.Endpoint.Address.IsLoopback => "a server on this machine",
        TrustClass.SelfHosted => $"a server of yours: {RevealedText.Of(destination.Trust.ToString())}",
        _ => "a frontier model: its provider reads what goes there",
    };

    private static string Describe(PacketItem item) => item.Part switch
    {
        PacketPart.Question => $"your question: {Shorten(item.Text)}",
        PacketPart.Exchange => $"an earlier exchange: {Shorten(item.Text)} -> {Shorten(item.Answer)}{From(item)}",
        PacketPart.Memory => $"a memory{Label(item)}: {Shorten(item.Text)}{From(item)}",
        _ => $"YOUR YES IS NEEDED: this is told by what goes, and it is labelled ask: {Shorten(item.Text)}",
    };

    private static string Label(PacketItem item) => item.Label is { } label ? $" (label {label.ToString().ToLowerInvariant()})" : "";

    private static string From(PacketItem item) => item.Origins.Count > 0 ? $" (from {string.Join(", ", item.Origins.Select(RevealedText.Quote))})" : "";

    // A line with a placeholder, and the line it stands for, which stays here.
    private IEnumerable<string> Redactions()
    {
        var replaced = packet.Placeholders.Replacements;
        if (replaced.Count == 0)
        {
            yield return "Nothing in it was taken for a name, an address or a number that says who is meant.";
            yield break;
        }

        yield return $"{Quantity.Of(replaced.Count, "value")} replaced by placeholders, which are put back into the answer here:";
        foreach (var line in Draft.Items.Where(item => item.IsSent).SelectMany(item => new[] { item.Text, item.Answer }).SelectMany(Differences))
        {
            yield return line;
        }
    }

    private IEnumerable<string> Differences(string text) =>
        new InlineDiffBuilder(new Differ()).BuildDiffModel(text, packet.Placeholders.Apply(text)).Lines
            .Where(line => line.Type is ChangeType.Deleted or ChangeType.Inserted)
            .SelectMany(line => Wrap($"{(line.Type == ChangeType.Deleted ? '-' : '+')} ", line.Text));

    private List<string> Body() => [.. Wrap("  ", Encoding.UTF8.GetString(packet.Request.Body.AsSpan()))];

    private static IEnumerable<string> Wrap(string lead, string text) =>
        RevealedText.Wrap(RevealedText.Units(text), Width - lead.Length).Select((line, index) => $"{(index == 0 ? lead : new string(' ', lead.Length))}{line}");

    private static string Shorten(string text) => RevealedText.Quote(text.Length > Excerpt ? $"{text[..Excerpt]}…" : text);

    private static string Price(decimal? usd) => usd switch
    {
        null => "no price is known ('pai frontier prices')",
        0 => "it costs nothing that is known",
        { } amount => string.Create(CultureInfo.InvariantCulture, $"at most ${amount:0.####}"),
    };
}
