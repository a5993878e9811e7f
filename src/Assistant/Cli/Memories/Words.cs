using System.CommandLine;
using System.CommandLine.Parsing;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>One of a few words on a command line, in lower case as help and JSON have them.</summary>
internal static class Words
{
    /// <summary>The word of a value.</summary>
    public static string Of<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>The value of a word that is known to be one of them.</summary>
    public static T Parse<T>(string word) where T : struct, Enum => Enum.Parse<T>(word, ignoreCase: true);

    /// <summary>All of them, as the help shows them.</summary>
    public static string Choice<T>() where T : struct, Enum => string.Join('|', Enum.GetValues<T>().Select(Of));

    /// <summary>Refuses a word that is none of them.</summary>
    public static void Check<T>(SymbolResult result) where T : struct, Enum
    {
        if (result.Tokens is [{ Value: var word }] && !Enum.GetValues<T>().Select(Of).Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            result.AddError($"'{word}' is not possible here; give one of {Choice<T>().Replace("|", ", ", StringComparison.Ordinal)}.");
        }
    }
}

/// <summary>An option that takes one of a few words.</summary>
internal sealed class EnumOption<T> : Option<string?> where T : struct, Enum
{
    public EnumOption(string name, string description) : base(name)
    {
        Description = description;
        HelpName = Words.Choice<T>();
        Validators.Add(Words.Check<T>);
    }

    /// <summary>What was given; null where nothing was.</summary>
    public T? In(ParseResult arguments) => arguments.GetValue(this) is { } word ? Words.Parse<T>(word) : null;
}
