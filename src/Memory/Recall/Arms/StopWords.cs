using System.Collections.Frozen;

namespace PersonalAi.Memory.Recall.Arms;

/// <summary>Words that say how a question is put, not what it is about.</summary>
internal static class StopWords
{
    private static readonly FrozenSet<string> English = (
        "a about after again all also am an and any are aren as at be because been before being between both but by can could couldn d did didn do does "
        + "doesn doing don down during each ever few for from further get gets getting go goes going got had hadn has hasn have haven having he her here hers "
        + "herself him himself his how i if in into is isn it its itself just ll m me more most my myself no nor not now of off on once only or other our "
        + "ours ourselves out over own please re s same say said says she should shouldn so some such t tell than that the their theirs them themselves then "
        + "there these they this those through to too under until up us ve very was wasn we were weren what when where which while who whom whose why will "
        + "with won would wouldn you your yours yourself yourselves did does remember recall know anything something")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string word) => English.Contains(word);
}
