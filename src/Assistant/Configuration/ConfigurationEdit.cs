using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace PersonalAi.Assistant.Configuration;

/// <summary>Changes one setting in the text of a configuration file, and leaves comments and other lines as they are.</summary>
internal static class ConfigurationEdit
{
    /// <summary>The text with one setting changed or added, and every other line as it was.</summary>
    public static string Set(string text, string file, Setting setting, string value)
    {
        IEnumerable<(string Name, string Text)> wanted = Values(ConfigurationFile.Parse(text, file)).Where(pair => pair.Name != setting.Name).Append((setting.Name, value));
        var changed = setting.IsList ? ChangeList(text, file, setting, ListText.Read(value)!) : Change(text, file, setting, YamlText.Quote(value));
        return Proves(changed, wanted)
            ? changed
            : throw new UsageException($"'{setting.Name}' could not be changed in '{file}' without touching other lines: edit the file by hand.");
    }

    // The edit works on lines and columns; reading the result back proves that it did what was asked and nothing else.
    private static bool Proves(string changed, IEnumerable<(string Name, string Text)> wanted)
    {
        try
        {
            return Values(ConfigurationFile.Parse(changed, file: "")).Order().SequenceEqual(wanted.Order());
        }
        catch (UsageException)
        {
            return false;
        }
    }

    private static IEnumerable<(string Name, string Text)> Values(IEnumerable<Assignment> assignments) =>
        assignments.Select(assignment => (assignment.Setting.Name, assignment.Text));

    private static string Change(string text, string file, Setting setting, string value)
    {
        (var sectionName, var key) = (setting.Section, setting.Key);
        List<string> lines = [.. text.Split('\n')];
        var root = new YamlText(file).Parse(text);
        (var section, var content) = sectionName.Length > 0 ? Child(root, sectionName) : (null, root);
        var parent = content as YamlMappingNode;
        var indent = sectionName.Length == 0 ? 0 : parent is { Children: [{ Key: { } first }, ..] } ? (int)first.Start.Column - 1 : 2;
        var line = $"{new string(' ', indent)}{key}: {value}{(text.Contains("\r\n", StringComparison.Ordinal) ? "\r" : "")}";

        if (Child(parent, key) is { Key: { } keyNode, Value: { } valueNode })
        {
            Replace(lines, keyNode, valueNode, value);
        }
        else if (sectionName.Length > 0 && section is null)
        {
            lines.InsertRange(EndOf(lines), [$"{sectionName}:", line]);
        }
        else
        {
            var sectionLine = (int)(section?.Start.Line ?? 0);
            lines.Insert(LineAfterComment(lines, key, sectionLine) ?? (section is null ? EndOf(lines) : sectionLine), line);
        }

        return string.Join('\n', lines);
    }

    // A list that stands on lines of its own keeps them and their comments: lines go and come at the end. Any other is written anew.
    private static string ChangeList(string text, string file, Setting setting, IReadOnlyList<string> items)
    {
        var root = new YamlText(file).Parse(text);
        var section = Child(root, setting.Section).Value as YamlMappingNode;
        if (items.Count == 0 || Child(section, setting.Key).Value is not YamlSequenceNode { Style: SequenceStyle.Block, Children: [var first, ..] } list)
        {
            return Change(WithoutBlock(text, section, setting), file, setting, ListText.Write(items));
        }

        List<string> lines = [.. text.Split('\n')];
        var before = ListText.ItemsOf(list) ?? [];
        var end = lines[(int)first.Start.Line - 1].EndsWith('\r') ? "\r" : "";
        var added = items.Skip(before.Count(items.Contains)).Select(item => $"{new string(' ', (int)list.Start.Column - 1)}- {YamlText.Quote(item)}{end}");
        lines.InsertRange((int)list.Children[^1].Start.Line, added);
        foreach (var (_, node) in before.Zip(list.Children).Where(pair => !items.Contains(pair.First)).Reverse())
        {
            lines.RemoveAt((int)node.Start.Line - 1);
        }

        return string.Join('\n', lines);
    }

    // The lines of a list that is to be written on the line of its key, or to be empty.
    private static string WithoutBlock(string text, YamlMappingNode? section, Setting setting)
    {
        if (Child(section, setting.Key).Value is not YamlSequenceNode { Style: SequenceStyle.Block } list)
        {
            return text;
        }

        List<string> lines = [.. text.Split('\n')];
        foreach (var item in list.Children.Reverse())
        {
            lines.RemoveAt((int)item.Start.Line - 1);
        }

        return string.Join('\n', lines);
    }

    private static (YamlNode? Key, YamlNode? Value) Child(YamlMappingNode? mapping, string key) =>
        mapping?.Children.Where(pair => pair.Key is YamlScalarNode { Value: { } name } && name == key).Select(pair => (pair.Key, pair.Value)).FirstOrDefault() ?? default;

    private static void Replace(List<string> lines, YamlNode key, YamlNode old, string value)
    {
        var line = (int)key.Start.Line - 1;
        var start = lines[line].IndexOf(':', (int)key.End.Column - 1) + 1;
        var end = old.Start.Line == key.Start.Line ? EndOf(old, lines[line]) ?? start : start;
        lines[line] = $"{lines[line][..start]} {value}{lines[line][end..]}";
    }

    // The column after a value that ends on the line where it begins; null where it does not. Sequences do not know their end.
    private static int? EndOf(YamlNode value, string line) => value switch
    {
        YamlSequenceNode { Children: [.., var last] } when last.End.Line != value.Start.Line => null,
        YamlSequenceNode list when line.IndexOf(']', (int)(list.Children.LastOrDefault()?.End ?? list.Start).Column - 1) is >= 0 and var bracket => bracket + 1,
        YamlScalarNode when value.End.Line == value.Start.Line && value.End.Column > value.Start.Column => (int)value.End.Column - 1,
        _ => null,
    };

    // The line below '# key: default' in the same section, where the template explains the key.
    private static int? LineAfterComment(List<string> lines, string key, int firstLine)
    {
        for (var line = firstLine; line < lines.Count && !(firstLine > 0 && lines[line] is [not (' ' or '#' or '\r'), ..]); line++)
        {
            if (lines[line].TrimStart().StartsWith($"# {key}:", StringComparison.Ordinal))
            {
                return line + 1;
            }
        }

        return null;
    }

    // Where a line goes that comes last; the last line of the file gets its line break first, where it has none.
    private static int EndOf(List<string> lines)
    {
        if (lines[^1].Length > 0)
        {
            lines.Add("");
        }

        return lines.Count - 1;
    }
}
