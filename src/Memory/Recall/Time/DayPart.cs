namespace PersonalAi.Memory.Recall.Time;

/// <summary>The parts of a day.</summary>
internal enum DayPart
{
    /// <summary>From 5 to 12.</summary>
    Morning,

    /// <summary>From 12 to 18.</summary>
    Afternoon,

    /// <summary>From 18 to 24.</summary>
    Evening,

    /// <summary>From 18 to 6 of the next day.</summary>
    Night,
}
