using System.Collections.Concurrent;
using System.Numerics.Tensors;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace PersonalAi.Tools.Selection;

/// <summary>Chooses the few tools that a model is shown: by the words that a message shares with them (BM25) and by what it means (embeddings), so that schemas do not fill the window.</summary>
/// <remarks>Deterministic: the same message and tools give the same choice. What a tool's texts mean is worked out once.</remarks>
/// <param name="embeddings">Turns texts into vectors; null where there is no embedding model, and words alone decide.</param>
/// <param name="options">How many, and how near they must be.</param>
/// <param name="file">Keeps what the tools' texts mean for the next run; null for this one alone.</param>
public sealed partial class ToolSelection(IEmbeddingGenerator<string, Embedding<float>>? embeddings, ToolSelectionOptions? options = null, ToolVectorFile? file = null)
{
    private readonly ToolSelectionOptions _options = options ?? new ToolSelectionOptions();
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<float>> _vectors = new(StringComparer.Ordinal);

    /// <summary>Whether meanings are compared, and not words alone.</summary>
    public bool UsesVectors => embeddings is not null;

    /// <summary>The tools that may help with a message, the likeliest first; none where it seems to need none.</summary>
    /// <param name="message">What the user asks for.</param>
    /// <param name="tools">All that may be shown.</param>
    /// <param name="cancellationToken">Stops the embedding.</param>
    public async Task<IReadOnlyList<Tool>> ChooseAsync(string message, IReadOnlyList<Tool> tools, CancellationToken cancellationToken = default)
    {
        var (ranked, floor) = await RankAsync(message, tools, cancellationToken);
        return ranked.Count == 0 || ranked[0].Score < floor
            ? []
            : [.. ranked.Take(_options.Most).Where(each => each.Score >= _options.Share * ranked[0].Score).Select(each => each.Tool)];
    }

    /// <summary>The tools nearest to a query, for a model that looks for one: whatever their score, but none that has nothing in common with it.</summary>
    /// <param name="query">What the tool should do.</param>
    /// <param name="tools">All that may be shown.</param>
    /// <param name="most">How many are given.</param>
    /// <param name="cancellationToken">Stops the embedding.</param>
    public async Task<IReadOnlyList<Tool>> FindAsync(string query, IReadOnlyList<Tool> tools, int most, CancellationToken cancellationToken = default) =>
        [.. (await RankAsync(query, tools, cancellationToken)).Ranked.Where(each => each.Score > _options.Nothing).Take(most).Select(each => each.Tool)];

    // Names decide between equals, so that the order does not depend on where the tools come from.
    private async Task<(IReadOnlyList<(Tool Tool, double Score)> Ranked, double Floor)> RankAsync(string message, IReadOnlyList<Tool> tools, CancellationToken cancellationToken)
    {
        if (tools.Count == 0 || string.IsNullOrWhiteSpace(message))
        {
            return ([], 0);
        }

        // An address says nothing by its words but that it is one.
        var spoken = Address().Replace(message, "web page");
        var scores = new ToolWords(tools).Scores(spoken);
        var floor = _options.WordFloor;
        if (embeddings is not null)
        {
            var (meanings, talk) = await MeaningsAsync(embeddings, Beginning(spoken), tools, cancellationToken);
            scores = [.. scores.Zip(meanings, (words, meaning) => (_options.WordWeight * words) + ((1 - _options.WordWeight) * meaning))];
            floor = _options.Floor + (_options.TalkWeight * talk);
        }

        return ([.. tools.Zip(scores).OrderByDescending(each => each.Second).ThenBy(each => each.First.Name, StringComparer.Ordinal)], floor);
    }

    // A tool is as near as the nearest of the texts that speak of it.
    private async Task<(IEnumerable<double> Tools, double Talk)> MeaningsAsync(
        IEmbeddingGenerator<string, Embedding<float>> generator, string message, IReadOnlyList<Tool> tools, CancellationToken cancellationToken)
    {
        string[] unknown = [message, .. Unknown(tools)];
        var vectors = await generator.GenerateAsync(unknown, cancellationToken: cancellationToken);
        for (var index = 1; index < unknown.Length; index++)
        {
            _vectors[unknown[index]] = vectors[index].Vector;
        }

        if (unknown.Length > 1)
        {
            file?.Write(_vectors);
        }

        return (tools.Select(tool => TextsOf(tool).Max(Nearness)), SmallTalk.Texts.Max(Nearness));

        double Nearness(string text) => TensorPrimitives.CosineSimilarity(vectors[0].Vector.Span, _vectors[text].Span);
    }

    private string[] Unknown(IReadOnlyList<Tool> tools)
    {
        string[] unknown = [.. SmallTalk.Texts.Concat(tools.SelectMany(TextsOf)).Where(text => !_vectors.ContainsKey(text)).Distinct(StringComparer.Ordinal)];
        foreach (var (text, vector) in unknown.Length == 0 ? [] : file?.Read(unknown) ?? [])
        {
            _vectors[text] = vector;
        }

        return [.. unknown.Where(text => !_vectors.ContainsKey(text))];
    }

    private IEnumerable<string> TextsOf(Tool tool) => tool.Examples.Prepend(Beginning($"{tool.Name.Replace('_', ' ')}: {tool.Description}"));

    // An embedding model refuses what is too long for it; what is asked for stands at the beginning or is said again in the rest.
    private string Beginning(string text) => text.Length <= _options.EmbeddedLength ? text : text[.._options.EmbeddedLength];

    [GeneratedRegex(@"\b(https?://|www\.)\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
