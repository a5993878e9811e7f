using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Guards;

/// <summary>Refuses clauses that look like facts and are none.</summary>
internal abstract class Guard
{
    /// <summary>Whether nothing may be proposed from a clause, whatever it says.</summary>
    public abstract bool Refuses(Clause clause, Reading reading);
}
