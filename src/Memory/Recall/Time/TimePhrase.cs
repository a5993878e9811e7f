namespace PersonalAi.Memory.Recall.Time;

/// <summary>A place in a text that speaks of a time, and which time it means.</summary>
/// <param name="Start">Where the phrase begins in the text, in UTF-16 units.</param>
/// <param name="Length">How long it is, in UTF-16 units.</param>
/// <param name="Range">The time it means; never empty.</param>
/// <param name="Unit">The unit it speaks in, hence how exactly to take it: "three months ago" means one day, give or take a month.</param>
public readonly record struct TimePhrase(int Start, int Length, TimeRange Range, TimeUnit Unit);
