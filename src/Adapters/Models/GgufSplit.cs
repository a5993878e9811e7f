namespace PersonalAi.Adapters.Models;

/// <summary>Which part of a model that is split over several files a file is (<c>split.no</c> and <c>split.count</c>).</summary>
/// <param name="Index">Counted from zero; the part 0 carries the metadata of all.</param>
/// <param name="Count">How many files the model consists of.</param>
public sealed record GgufSplit(int Index, int Count);
