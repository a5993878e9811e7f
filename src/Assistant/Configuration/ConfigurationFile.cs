using PersonalAi.Assistant.Cli;
using YamlDotNet.RepresentationModel;

namespace PersonalAi.Assistant.Configuration;

/// <summary>The user's <c>config.yaml</c>: read, written for the first time, and changed one line at a time.</summary>
internal static class ConfigurationFile
{
    /// <summary>What the file sets; nothing where there is no file.</summary>
    public static IReadOnlyList<Assignment> Read(string file) => File.Exists(file) ? Parse(File.ReadAllText(file), file) : [];

    /// <summary>A file that explains every setting and sets none: each stands commented out at its default.</summary>
    public static string Template(PaiOptions defaults)
    {
        List<string> lines =
        [
            "# Settings of pai. Remove the '# ' before a key to set it; 'pai config' shows what is in force and why.",
            "# Environment variables (named at each key) win over this file, and the command line wins over both.",
        ];
        foreach (IGrouping<string, Setting> section in Settings.All.GroupBy(setting => SplitName(setting).Section))
        {
            bool named = section.Key.Length > 0;
            string indent = named ? "  " : "";
            lines.AddRange(named ? ["", $"{section.Key}:"] : [""]);
            foreach (Setting setting in section)
            {
                lines.Add($"{indent}# {setting.Description}.");
                lines.Add($"{indent}# Takes {setting.Allowed}; environment variable {setting.Variable}.");
                lines.Add($"{indent}# {SplitName(setting).Key}: {Quote(setting.TextIn(defaults))}");
            }
        }

        return string.Join('\n', [.. lines, ""]);
    }

    /// <summary>The text with one setting changed or added, and every other line as it was.</summary>
    public static string Set(string text, string file, Setting setting, string value)
    {
        string changed = Change(text, file, setting, Quote(value));
        // The edit works on lines and columns; reading the result back proves that it did what was asked and nothing else.
        bool proven = Values(Parse(changed, file)).SequenceEqual(
            Values(Parse(text, file)).Where(pair => pair.Name != setting.Name).Append((setting.Name, value)).Order());
        return proven ? changed : throw new UsageException($"'{setting.Name}' could not be changed in '{file}' without touching other lines: edit the file by hand.");
    }

    private static List<Assignment> Parse(string text, string file)
    {
        YamlText yaml = new(file);
        return yaml.Parse(text) is { } root ? [.. yaml.SettingsIn(root, Layer.File)] : [];
    }

    private static IEnumerable<(string Name, string Text)> Values(IEnumerable<Assignment> assignments) =>
        assignments.Select(assignment => (assignment.Setting.Name, assignment.Text)).Order();

    private static string Change(string text, string file, Setting setting, string value)
    {
        (string sectionName, string key) = SplitName(setting);
        List<string> lines = [.. text.Split('\n')];
        YamlMappingNode? root = new YamlText(file).Parse(text);
        YamlNode? section = sectionName.Length > 0 ? Child(root, sectionName).Key : null;
        YamlMappingNode? parent = sectionName.Length > 0 ? Child(root, sectionName).Value as YamlMappingNode : root;

        if (Child(parent, key) is { Key: { } keyNode, Value: { } valueNode })
        {
            Replace(lines, keyNode, valueNode, value);
        }
        else
        {
            string indent = new(' ', section is null ? 0 : parent is { Children.Count: > 0 } ? (int)parent.Children[0].Key.Start.Column - 1 : 2);
            if (section is null && sectionName.Length > 0)
            {
                AddAtEnd(lines, $"{sectionName}:");
                AddAtEnd(lines, $"{indent}{key}: {value}");
            }
            else if (LineAfterComment(lines, key, firstLine: (int)(section?.Start.Line ?? 0)) is { } line)
            {
                lines.Insert(line, $"{indent}{key}: {value}");
            }
            else if (section is not null)
            {
                lines.Insert((int)section.Start.Line, $"{indent}{key}: {value}");
            }
            else
            {
                AddAtEnd(lines, $"{key}: {value}");
            }
        }

        return string.Join('\n', lines);
    }

    private static (YamlNode? Key, YamlNode? Value) Child(YamlMappingNode? mapping, string key) =>
        mapping?.Children.Where(pair => pair.Key is YamlScalarNode { Value: { } name } && name == key).Select(pair => (pair.Key, pair.Value)).FirstOrDefault() ?? default;

    private static void Replace(List<string> lines, YamlNode key, YamlNode old, string value)
    {
        int line = (int)key.Start.Line - 1;
        int start = lines[line].IndexOf(':', (int)key.End.Column - 1) + 1;
        bool onOneLine = old.Start.Line == key.Start.Line && old.End.Line == key.Start.Line && old.End.Column > old.Start.Column;
        int end = onOneLine ? (int)old.End.Column - 1 : start;
        lines[line] = $"{lines[line][..start]} {value}{lines[line][end..]}";
    }

    // The line below '# key: default' in the same section, where the template explains the key.
    private static int? LineAfterComment(List<string> lines, string key, int firstLine)
    {
        for (int line = firstLine; line < lines.Count && !(firstLine > 0 && lines[line] is [not (' ' or '#' or '\r'), ..]); line++)
        {
            if (lines[line].TrimStart().StartsWith($"# {key}:", StringComparison.Ordinal))
            {
                return line + 1;
            }
        }

        return null;
    }

    private static void AddAtEnd(List<string> lines, string line)
    {
        if (lines[^1].Length > 0)
        {
            lines.Add("");
        }

        lines.Insert(lines.Count - 1, line);
    }

    private static (string Section, string Key) SplitName(Setting setting) =>
        setting.Name.Split('.') is [{ } section, { } key] ? (section, key) : ("", setting.Name);

    // Plain where YAML reads the text back as it is; otherwise in single quotes, which know no escapes.
    private static string Quote(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '_' or '-') && text is not ("null" or "-" or "---")
            ? text
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
