namespace PersonalAi.Assistant.Configuration;

/// <summary>The user's <c>config.yaml</c>: read, and written for the first time.</summary>
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
        foreach (var section in Settings.All.GroupBy(setting => setting.Section))
        {
            var named = section.Key.Length > 0;
            var indent = named ? "  " : "";
            lines.AddRange(named ? ["", $"{section.Key}:"] : [""]);
            foreach (var setting in section)
            {
                lines.Add($"{indent}# {setting.Description}.");
                lines.Add($"{indent}# Takes {setting.Allowed}; environment variable {setting.Variable}.");
                var value = setting.TextIn(defaults);
                lines.Add($"{indent}# {setting.Key}: {(setting.IsList ? value : YamlText.Quote(value))}");
            }
        }

        return string.Join('\n', [.. lines, ""]);
    }

    /// <summary>What the text of a file sets; <paramref name="file"/> is named where it is wrong.</summary>
    public static List<Assignment> Parse(string text, string file)
    {
        var yaml = new YamlText(file);
        return yaml.Parse(text) is { } root ? [.. yaml.SettingsIn(root, Layer.File)] : [];
    }
}
