using PersonalAi.Adapters.Models.Lora;

namespace PersonalAi.Assistant.Cli.Adapters;

/// <summary>An adapter as <c>--json</c> prints it; sizes are in bytes, and what the file does not say is null.</summary>
internal sealed record AdapterJson(
    string Id,
    string Path,
    long Bytes,
    string? Sha256,
    string Trust,
    string? Architecture,
    string? Name,
    string? BaseModel,
    string? BaseModelSha256,
    float? Alpha,
    IEnumerable<long> Ranks,
    int Matrices,
    string? Problem)
{
    public static AdapterJson From(AdapterEntry entry) => new(
        entry.Id,
        entry.Path,
        entry.Bytes,
        entry.Sha256,
        entry.Trust.ToJsonName(),
        entry.File?.Architecture,
        entry.File?.Name,
        entry.File?.BaseName,
        entry.File?.BaseSha256,
        entry.File?.Alpha,
        RanksOf(entry),
        entry.File?.Pairs.Length ?? 0,
        entry.Problem);

    /// <summary>The ranks that occur, in order: most adapters have one.</summary>
    public static IEnumerable<long> RanksOf(AdapterEntry entry) => entry.File is null ? [] : entry.File.Pairs.Select(pair => pair.Rank).Distinct().Order();
}
