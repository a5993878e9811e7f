using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction;

/// <summary>Finds one kind of thing in a text, in time that grows with its length and no faster.</summary>
internal abstract class Recogniser
{
    /// <summary>All that it finds; spans may overlap.</summary>
    public abstract IEnumerable<SensitiveSpan> Find(ReadText text);
}
