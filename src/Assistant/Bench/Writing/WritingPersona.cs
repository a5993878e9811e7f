using System.Collections.Immutable;
using System.Text.Json;
using PersonalAi.Memory.Facts.Writing;

namespace PersonalAi.Assistant.Bench.Writing;

/// <summary>The conversations of one invented person, with what they state.</summary>
/// <param name="Persona">A name for the person.</param>
/// <param name="Turns">What was said, in order; turns of tools, documents and memories among them.</param>
internal sealed record WritingPersona(string Persona, ImmutableArray<WrittenTurn> Turns)
{
    /// <summary>Reads a folder of personas, one file each, as docs/memory.md describes them.</summary>
    /// <exception cref="UsageException">There is none, or a file has another form.</exception>
    public static IReadOnlyList<WritingPersona> ReadFolder(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
        return files.Length == 0
            ? throw new UsageException($"There are no personas in '{folder}'; give a folder of their JSON files with --data.")
            : [.. files.Order(StringComparer.Ordinal).Select(Read)];
    }

    /// <summary>Of each persona as many turns of the user, evenly spread, as make so many together.</summary>
    public static IEnumerable<WritingPersona> Sample(IReadOnlyList<WritingPersona> personas, int turns)
    {
        var share = Math.Max(1, (double)personas.Sum(persona => persona.Turns.Count(turn => turn.Origin == TextOrigin.User)) / turns);
        return personas.Select(persona => persona with
        {
            Turns = [.. persona.Turns.Where(turn => turn.Origin == TextOrigin.User).Index().Where(turn => Math.Floor(turn.Index / share) != Math.Floor((turn.Index - 1) / share)).Select(turn => turn.Item)],
        });
    }

    private static WritingPersona Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<WritingPersona>(File.ReadAllText(file), JsonSerializerOptions.Web)
                ?? throw new UsageException($"The file '{file}' is empty; a persona is one JSON object.");
        }
        catch (JsonException e)
        {
            throw new UsageException($"The file '{file}' is no persona: {e.Message.TrimEnd('.')}.", e);
        }
    }
}

/// <summary>A turn with the facts it states.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Session">The conversation it belongs to.</param>
/// <param name="Time">When it was said.</param>
/// <param name="Origin">Whose words it is.</param>
/// <param name="Text">What was said.</param>
/// <param name="Facts">What it states.</param>
/// <param name="Traps">What in it looks like a fact and is none.</param>
internal sealed record WrittenTurn(
    string Id, int Session, DateTimeOffset Time, [property: System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<TextOrigin>))] TextOrigin Origin,
    string Text, ImmutableArray<StatedFact> Facts, ImmutableArray<string> Traps);

/// <summary>A fact that a turn states.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Text">Its sentence.</param>
/// <param name="Span">The words that state it.</param>
/// <param name="Supersedes">The fact whose place it takes.</param>
/// <param name="Sure">Whether it is stated in so many words.</param>
internal sealed record StatedFact(string Id, string Text, string Span, string? Supersedes, bool Sure);
