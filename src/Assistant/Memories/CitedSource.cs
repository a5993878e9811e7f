using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Assistant.Memories;

/// <summary>A passage of a document under the name by which an answer, and the list below it, cite it.</summary>
/// <param name="Name">Its name in the prompt.</param>
/// <param name="Passage">The passage.</param>
internal sealed record CitedSource(string Name, Passage Passage)
{
    /// <summary>The passages of documents that a model was given.</summary>
    public static IEnumerable<CitedSource> Of(PackedMemories memories) => memories.Memories.Index()
        .Where(memory => memory.Item is { IsGiven: true, Hit.Passage.Citation: not null })
        .Select(memory => new CitedSource(MemoryNotes.NameOf(memory.Index), memory.Item.Hit.Passage));

    /// <summary>As a list of sources shows it: <c>[m2] guide.md:120-134</c>.</summary>
    public override string ToString() => TerminalText.OneLine($"[{Name}] {Passage.Citation}");
}
