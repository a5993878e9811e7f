using System.Text.RegularExpressions;

namespace PersonalAi.Assistant.Routing;

/// <summary>What kind of task a message sets.</summary>
internal enum TaskKind
{
    /// <summary>Talk, and everything that is of no other kind.</summary>
    Talk,

    /// <summary>A question.</summary>
    Question,

    /// <summary>Something to be worked out with numbers.</summary>
    Calculation,

    /// <summary>Program text to be written or explained.</summary>
    Code,

    /// <summary>A text to be written, changed or translated.</summary>
    Writing,

    /// <summary>JSON in a given form.</summary>
    Structured,

    /// <summary>A text that is only continued.</summary>
    Continuation,
}

/// <summary>Tells kinds of tasks apart by their words.</summary>
internal static partial class TaskKinds
{
    /// <summary>The kind of a message.</summary>
    public static TaskKind Of(string message) =>
        Code().IsMatch(message) ? TaskKind.Code
        : Sum().IsMatch(message) || (Amount().IsMatch(message) && Number().Count(message) > 1) ? TaskKind.Calculation
        : Writing().IsMatch(message) ? TaskKind.Writing
        : Question().IsMatch(message) ? TaskKind.Question
        : TaskKind.Talk;

    [GeneratedRegex(@"```|\b(?:function|class|method|regex|SQL|Python|C#|JavaScript|Java|Rust|bash|compile\w*|stack trace|exception)(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    [GeneratedRegex(@"\d\s*(?:[-+*/×÷^%]|plus|minus|times|divided by|to the power of)\s*\d", RegexOptions.CultureInvariant)]
    private static partial Regex Sum();

    [GeneratedRegex(@"\b(?:how (?:many|much|long|far|old|fast)|calculate|compute|total|average|percent|sum of|solve)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Amount();

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^\s*(?:please |can you |could you )?(?:write|draft|rewrite|rephrase|translate|compose|shorten|correct|proofread|summari[sz]e)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Writing();

    [GeneratedRegex(@"\?\s*$|^\s*(?:who|what|when|where|why|which|how|is|are|was|were|do|does|did|can|could|should)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Question();
}
