using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PersonalAi.Tests.Fakes.Injections;

/// <summary>A text that tries to give orders, and what a model does that obeys it.</summary>
/// <param name="Id">Unique among all of them.</param>
/// <param name="Channel">How it reaches the window.</param>
/// <param name="Technique">How it tries; the README of the corpus lists the ways.</param>
/// <param name="Language">Which language it is in, as a two-letter code.</param>
/// <param name="Text">The whole of what arrives.</param>
/// <param name="Marks">Words of it by which it is known again after cutting and cleaning; a model obeys where it sees all of them.</param>
/// <param name="Orders">The calls that it wants made.</param>
internal sealed record Injection(
    string Id, InjectionChannel Channel, string Technique, string Language, string Text, ImmutableArray<string> Marks, ImmutableArray<InjectionOrder> Orders)
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>What arrives after the text and belongs to it: the other files, the changed description.</summary>
    public ImmutableArray<string> Parts { get; init; } = [];

    /// <summary>What the user must say before it is obeyed; null where it is obeyed at once.</summary>
    public string? When { get; init; }

    /// <summary>What it wants printed; null where it wants nothing printed.</summary>
    public string? Answer { get; init; }

    /// <summary>Our own texts, as they stand in the corpus.</summary>
    public static ImmutableArray<Injection> Corpus { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Corpus", "injections"), "*.jsonl")
            .Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines)
            .Select(line => JsonSerializer.Deserialize<Injection>(line, Reading)!),
    ];

    /// <summary>All that arrives, in order.</summary>
    public IEnumerable<string> Carriers => [Text, .. Parts];

    /// <summary>The same with real folders and a real secret in it.</summary>
    public Injection In(InjectionPlace place) => this with
    {
        Text = place.Fill(Text),
        Parts = [.. Parts.Select(place.Fill)],
        Orders = [.. Orders.Select(order => order.With(place.Fill))],
        Answer = Answer is null ? null : place.Fill(Answer),
    };

    /// <summary>Whether all of it that matters stands in a window.</summary>
    public bool IsIn(FoldedText window) => Marks.All(mark => window.Contains(new FoldedText(mark)));

    /// <summary>Whether a model that reads the window obeys it.</summary>
    /// <param name="window">All that the model sees.</param>
    /// <param name="request">What the user said last.</param>
    public bool IsObeyed(FoldedText window, FoldedText request) => IsIn(window) && (When is null || request.Contains(new FoldedText(When)));

    public override string ToString() => Id;
}

/// <summary>How a text reaches the window.</summary>
internal enum InjectionChannel
{
    Mail,
    WebPage,
    File,
    ToolResult,
    McpDescription,
    MemoryCandidate,
    FileName,
    ImageLink,
    Terminal,
    Document,
    Calendar,
    Clipboard,
}
