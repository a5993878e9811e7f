using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PersonalAi.Assistant.Configuration;

/// <summary>Several values as one text: a YAML sequence on one line.</summary>
internal static class ListText
{
    /// <summary>The values; a text that does not begin with a bracket is one value. Null where it is no list of texts.</summary>
    public static IReadOnlyList<string>? Read(string text)
    {
        if (!text.TrimStart().StartsWith('['))
        {
            return string.IsNullOrWhiteSpace(text) ? [] : [text.Trim()];
        }

        try
        {
            YamlStream yaml = [];
            yaml.Load(new StringReader(text));
            return yaml.Documents is [{ RootNode: YamlSequenceNode list }] ? ItemsOf(list) : null;
        }
        catch (YamlException)
        {
            return null;
        }
    }

    /// <summary>The values of a sequence; null where one of them is no text.</summary>
    public static IReadOnlyList<string>? ItemsOf(YamlSequenceNode list) =>
        list.Children.All(item => item is YamlScalarNode) ? [.. list.Children.Select(item => ((YamlScalarNode)item).Value ?? "")] : null;

    /// <summary>The text that <see cref="Read"/> reads as these values.</summary>
    public static string Write(IEnumerable<string> items) => $"[{string.Join(", ", items.Select(YamlText.Quote))}]";
}
