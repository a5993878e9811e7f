using System.Collections.Frozen;
using System.Text.RegularExpressions;
using PersonalAi.Assistant.Privacy.Redaction.Reading;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall;

namespace PersonalAi.Assistant.Privacy.Redaction;

/// <summary>Tells what the names in the memory are by what is known of them, and leaves out those that tell nothing of the user.</summary>
internal static partial class MemoryNames
{
    // Of several facts about a name, the surest type holds.
    private static readonly FrozenDictionary<string, int> Order =
        new[] { SensitiveType.Person, SensitiveType.Project, SensitiveType.Account, SensitiveType.Place, SensitiveType.Name }.Index().ToFrozenDictionary(pair => pair.Item, pair => pair.Index);

    /// <summary>Names with their types; of people known in full also each part of their names.</summary>
    public static IEnumerable<(string Name, string Type)> Of(IEnumerable<KnownName> known)
    {
        var typed = known
            .GroupBy(name => name.Name, StringComparer.Ordinal)
            .Select(group => (Name: group.Key, Type: group.Select(TypeOf).Where(type => type is not null).OrderBy(type => Order[type!]).FirstOrDefault()))
            .Where(name => name.Type is not null)
            .Select(name => (name.Name, name.Type!))
            .ToList();
        var parts = typed.Where(name => name.Item2 == SensitiveType.Person && name.Name.Contains(' ', StringComparison.Ordinal))
            .SelectMany(name => name.Name.Split(' '))
            .Where(part => part.Length > 1 && char.IsUpper(part[0]) && (UseOf(part) & WordUse.Everyday) == 0);
        return typed.Concat(parts.Select(part => (part, SensitiveType.Person)));
    }

    private static string? TypeOf(KnownName name)
    {
        var (before, after) = Around(name);
        return name.Name.Contains('@', StringComparison.Ordinal) || AccountBefore().IsMatch(before) ? SensitiveType.Account
            : ProjectBefore().IsMatch(before) || ProjectAfter().IsMatch(after) ? SensitiveType.Project
            : PlaceBefore().IsMatch(before) ? SensitiveType.Place
            : IsPerson(name, before) ? SensitiveType.Person
            : name.Kind is FactKind.Profile or FactKind.Relation && name.Name.Split(' ').Any(word => (UseOf(word) & WordUse.Word) == 0) ? SensitiveType.Name
            : null;
    }

    private static bool IsPerson(KnownName name, string before) =>
        NamedBefore().IsMatch(before)
        || name.Kind == FactKind.Relation && before.Length == 0
        || name.Name.Split(' ') is var words && Array.TrueForAll(words, word => (UseOf(word) & WordUse.Name) != 0) && (words.Length > 1 || (UseOf(words[0]) & (WordUse.Everyday | WordUse.Given)) == WordUse.Given);

    private static (string Before, string After) Around(KnownName name)
    {
        var place = name.Fact.IndexOf(name.Name, StringComparison.OrdinalIgnoreCase);
        return place < 0 ? ("?", "") : (name.Fact[..place], name.Fact[(place + name.Name.Length)..]);
    }

    private static WordUse UseOf(string word) => Lexicon.Shared.UseOf(Folding.Fold(word));

    [GeneratedRegex(@"\b(?:account|user ?name|handle|login|nickname)(?: \w+){0,3} $", RegexOptions.IgnoreCase)]
    private static partial Regex AccountBefore();

    [GeneratedRegex(@"\bprojects?(?: (?:is|was|are))?(?: (?:called|named))? [""'“]?$", RegexOptions.IgnoreCase)]
    private static partial Regex ProjectBefore();

    [GeneratedRegex(@"^[""'”]? project\b", RegexOptions.IgnoreCase)]
    private static partial Regex ProjectAfter();

    [GeneratedRegex(@"\b(?:in|at|from|near|to) (?:the )?$", RegexOptions.IgnoreCase)]
    private static partial Regex PlaceBefore();

    [GeneratedRegex(@"\b(?:name is|named|called|sister|brother|mother|father|son|daughter|wife|husband|partner|friend|colleague|boss|neighbou?r|uncle|aunt|cousin) $", RegexOptions.IgnoreCase)]
    private static partial Regex NamedBefore();
}
