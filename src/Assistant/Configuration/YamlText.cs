using PersonalAi.Assistant.Terminal;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PersonalAi.Assistant.Configuration;

/// <summary>YAML from a file, read so that every problem is named with its file and line.</summary>
/// <param name="file">The file's path, for messages.</param>
/// <param name="linesBefore">How many lines of the file stand before the YAML.</param>
internal sealed class YamlText(string file, int linesBefore = 0)
{
    /// <summary>The top mapping; null where there is nothing but comments.</summary>
    public YamlMappingNode? Parse(string yaml)
    {
        try
        {
            YamlStream stream = [];
            stream.Load(new StringReader(yaml));
            return stream.Documents switch
            {
                [] => null,
                [{ RootNode: YamlMappingNode root }] => root,
                [{ RootNode: YamlScalarNode { Value: "" or null } }] => null,
                _ => throw new UsageException($"{file}:{linesBefore + 1}: This is not a list of 'key: value' lines."),
            };
        }
        catch (YamlException error)
        {
            // An error inside an anchor or a merge wraps the one that says what is wrong.
            var reason = (error.InnerException ?? error).Message.TrimEnd('.');
            // What is never closed is noticed only after the last line.
            var line = Math.Min(error.Start.Line, yaml.Split('\n').Length);
            throw new UsageException($"{file}:{linesBefore + line}: This is not YAML: {reason}.", error);
        }
    }

    /// <summary>Where a node stands: file and line.</summary>
    public string Place(YamlNode node) => $"{file}:{linesBefore + node.Start.Line}";

    /// <summary>The settings that a mapping gives values to; its keys are names of settings without <paramref name="prefix"/>.</summary>
    public IEnumerable<Assignment> SettingsIn(YamlMappingNode mapping, Layer layer, string prefix = "")
    {
        foreach ((var key, var value) in mapping.Children)
        {
            var name = prefix + key;
            if (Settings.All.FirstOrDefault(setting => setting.Name == name) is { } setting)
            {
                if (TextOf(value, setting) is { } text)
                {
                    yield return new Assignment(setting, text, new Origin(layer, Place(value)));
                }
            }
            else if (Settings.All.Any(candidate => candidate.Name.StartsWith($"{name}.", StringComparison.Ordinal)))
            {
                foreach (var assignment in Section(value, name, layer))
                {
                    yield return assignment;
                }
            }
            else
            {
                throw new UsageException($"{Place(key)}: '{name}' is not a setting; {DidYouMean.Ending(name, Settings.Names)}");
            }
        }
    }

    /// <summary>The text of a scalar, null where it is empty; anything else is an error that says what is expected.</summary>
    public string? Scalar(YamlNode node, string expectation) => node switch
    {
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "~" or "null" } => null,
        YamlScalarNode scalar => scalar.Value,
        _ => throw new UsageException($"{Place(node)}: {expectation}, not a list or a section."),
    };

    /// <summary>Text as a YAML scalar: plain where it reads back as it is, else in single quotes, which know no escapes.</summary>
    public static string Quote(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '_' or '-') && text is not ("null" or "-" or "---")
            ? text
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private string? TextOf(YamlNode value, Setting setting) => value switch
    {
        YamlSequenceNode list when setting.IsList => ListText.ItemsOf(list) is { } items
            ? ListText.Write(items)
            : throw new UsageException($"{Place(value)}: '{setting.Name}' takes {setting.Allowed}, each a text."),
        YamlMappingNode when setting.IsList => throw new UsageException($"{Place(value)}: '{setting.Name}' takes {setting.Allowed}, not a section."),
        _ => Scalar(value, $"'{setting.Name}' takes {setting.Allowed}"),
    };

    private IEnumerable<Assignment> Section(YamlNode value, string name, Layer layer) => value switch
    {
        YamlMappingNode section => SettingsIn(section, layer, $"{name}."),
        YamlScalarNode { Value: "" or "~" or "null" } => [],
        _ => throw new UsageException($"{Place(value)}: '{name}' is a section: put its settings on lines below it, indented."),
    };
}
