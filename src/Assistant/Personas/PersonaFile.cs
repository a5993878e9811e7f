using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Terminal;
using YamlDotNet.RepresentationModel;

namespace PersonalAi.Assistant.Personas;

/// <summary>Reads one persona: YAML front matter between two lines of <c>---</c>, then the instructions.</summary>
internal static partial class PersonaFile
{
    private static readonly ImmutableArray<string> Keys = ["description", "model", "sampling", "tools", "privacy"];

    /// <summary>The persona in the file; what is wrong with it is a <see cref="UsageException"/> with file, line and reason.</summary>
    public static Persona Read(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        if (!NamePattern().IsMatch(name))
        {
            throw new UsageException($"{file}: '{name}' is not a name for a persona: use lower-case letters, digits and hyphens.");
        }

        (var frontMatter, var instructions) = Split(File.ReadAllText(file), file);
        var yaml = new YamlText(file, linesBefore: 1);
        var root = yaml.Parse(frontMatter) ?? throw new UsageException($"{file}:1: The front matter is empty: give at least a description.");
        var fields = root.Children.ToDictionary(pair => Known(yaml, pair.Key), pair => pair.Value);
        return new Persona(name, instructions)
        {
            File = file,
            Description = Text(yaml, fields, "description") ?? throw new UsageException($"{file}:1: The front matter has no 'description'."),
            Choices = Choices(yaml, fields),
            Tools = Tools(yaml, fields),
            Privacy = Privacy(yaml, fields),
        };
    }

    private static (string FrontMatter, string Instructions) Split(string text, string file)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        if (lines[0].TrimEnd() != "---")
        {
            throw new UsageException($"{file}:1: A persona starts with a line '---', then its description as YAML, then a line '---'.");
        }

        var end = Array.FindIndex(lines, 1, line => line.TrimEnd() == "---");
        if (end < 0)
        {
            throw new UsageException($"{file}:1: The front matter that starts here has no closing line '---'.");
        }

        var instructions = string.Join('\n', lines[(end + 1)..]).Trim();
        return instructions.Length > 0
            ? (string.Join('\n', lines[1..end]), instructions)
            : throw new UsageException($"{file}:{end + 1}: There are no instructions after the front matter.");
    }

    private static string Known(YamlText yaml, YamlNode key)
    {
        var name = key.ToString();
        return Keys.Contains(name) ? name : throw new UsageException($"{yaml.Place(key)}: '{name}' is not a key of a persona; {DidYouMean.Ending(name, Keys)}");
    }

    private static string? Text(YamlText yaml, Dictionary<string, YamlNode> fields, string key) =>
        fields.TryGetValue(key, out var node) ? yaml.Scalar(node, $"'{key}' takes text") : null;

    private static ImmutableArray<Assignment> Choices(YamlText yaml, Dictionary<string, YamlNode> fields)
    {
        List<Assignment> choices = [];
        if (Text(yaml, fields, "model") is { } model)
        {
            choices.Add(new Assignment(Settings.Find("model.name"), model, new Origin(Layer.Persona, yaml.Place(fields["model"]))));
        }

        if (fields.TryGetValue("sampling", out var sampling))
        {
            choices.AddRange(yaml.SettingsIn(new YamlMappingNode(new YamlScalarNode("sampling"), sampling), Layer.Persona));
        }

        if (choices.Find(choice => choice.Setting.ValueOf(choice.Text) is null) is { } wrong)
        {
            throw new UsageException(wrong.Problem);
        }

        return [.. choices];
    }

    private static ImmutableArray<string> Tools(YamlText yaml, Dictionary<string, YamlNode> fields) => fields.GetValueOrDefault("tools") switch
    {
        null or YamlScalarNode { Value: "" } => [],
        YamlSequenceNode list => [.. list.Children.Select(item => yaml.Scalar(item, "'tools' takes a list of names") ?? "").Where(tool => tool.Length > 0)],
        { } other => throw new UsageException($"{yaml.Place(other)}: 'tools' takes a list of names, for example [calculator, clock]."),
    };

    private static PersonaPrivacy Privacy(YamlText yaml, Dictionary<string, YamlNode> fields) => Text(yaml, fields, "privacy") switch
    {
        null or "local" => PersonaPrivacy.Local,
        "ask" => PersonaPrivacy.Ask,
        { } other => throw new UsageException($"{yaml.Place(fields["privacy"])}: '{other}' is not allowed for 'privacy', which takes local or ask."),
    };

    [GeneratedRegex("^[a-z0-9][a-z0-9-]*$")]
    private static partial Regex NamePattern();
}
