using PersonalAi.Adapters.Llama.Templates;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>Finds the tool format of a model.</summary>
internal static class ToolFormats
{
    private static readonly ToolFormat[] All = [new HermesToolFormat(), new Llama3ToolFormat(), new MistralToolFormat(), new PlainToolFormat()];

    private static ToolFormat Own => All[^1];

    /// <summary>The format of that name; our own where there is none.</summary>
    public static ToolFormat ByName(string? name) => Array.Find(All, format => format.Name == name) ?? Own;

    /// <summary>The format that a model's own chat template knows; our own where it knows none, or where another template was set by hand.</summary>
    /// <param name="source">The Jinja source that the file carries.</param>
    /// <param name="template">The template in use.</param>
    /// <param name="isChosen">Whether the user set it.</param>
    public static ToolFormat Recognise(string? source, ChatTemplate? template, bool isChosen) =>
        source is null || template is null || isChosen ? Own : Array.Find(All, format => format.IsKnownBy(source)) ?? Own;
}
