using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using PersonalAi.Assistant.Frontier;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Configuration;

/// <summary>What a setting takes: how it is read, written and described.</summary>
/// <param name="Allowed">The allowed values, for a sentence: <c>a whole number from 1 to 9</c>.</param>
/// <param name="TryParse">Reads a value; false where it is not allowed.</param>
/// <param name="Format">Writes a value so that it reads back as the same.</param>
internal sealed record SettingKind<T>(string Allowed, SettingParser<T> TryParse, Func<T, string> Format)
{
    /// <summary>Tells more of a text that is not allowed than that it is not: a sentence, or null.</summary>
    public Func<string, string?> Explain { get; init; } = _ => null;
}

/// <summary>Reads a value from text; false where it is not allowed.</summary>
internal delegate bool SettingParser<T>(string text, [MaybeNullWhen(false)] out T value);

/// <summary>The kinds of values that settings take.</summary>
internal static class SettingKind
{
    public static SettingKind<string> Text() => new("text", NotEmpty, text => text);

    public static SettingKind<string> Folder() => new("an absolute path, or one that starts with ~/", AbsolutePath, path => path);

    public static SettingKind<bool> YesNo() => new("true or false", bool.TryParse, value => value ? "true" : "false");

    public static SettingKind<T> Whole<T>(T least, T most) where T : struct, IBinaryInteger<T> =>
        Within($"a whole number from {Plain(least)} to {Plain(most)}", NumberStyles.AllowLeadingSign, least, most);

    public static SettingKind<float> Number(float least, float most) =>
        Within($"a number from {Plain(least)} to {Plain(most)}", NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, least, most);

    public static SettingKind<decimal> Amount(decimal least, decimal most) =>
        Within($"a number from {Plain(least)} to {Plain(most)}", NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, least, most);

    public static SettingKind<T> OneOf<T>() where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        return new($"one of {string.Join(", ", names)}", (text, out value) => TryParseName(names, text, out value), value => value.ToString());
    }

    /// <summary>What may be left to a measurement: <c>auto</c>, which is null, or one of these words.</summary>
    public static SettingKind<T?> Auto<T>(params (string Word, T Value)[] words) where T : struct
    {
        const string Auto = "auto";
        bool TryParse(string text, out T? value)
        {
            var found = words.Where(word => string.Equals(word.Word, text, StringComparison.OrdinalIgnoreCase)).ToList();
            value = found is [{ Value: var chosen }] ? chosen : null;
            return found.Count > 0 || string.Equals(text, Auto, StringComparison.OrdinalIgnoreCase);
        }

        return new(
            $"one of {string.Join(", ", words.Select(word => word.Word).Prepend(Auto))}",
            TryParse,
            value => value is { } chosen ? words.First(word => word.Value.Equals(chosen)).Word : Auto);
    }

    /// <summary>A whole number that may be left to the program: <c>auto</c>, which is null.</summary>
    public static SettingKind<int?> AutoOrWhole(int least, int most)
    {
        const string Auto = "auto";
        var whole = Whole(least, most);
        bool TryParse(string text, out int? value)
        {
            var isNumber = whole.TryParse(text, out var number);
            value = isNumber ? number : null;
            return isNumber || string.Equals(text, Auto, StringComparison.OrdinalIgnoreCase);
        }

        return new($"{Auto}, or {whole.Allowed}", TryParse, value => value is { } number ? whole.Format(number) : Auto);
    }

    /// <summary>Rules of tools, each as <see cref="ToolRule"/> writes it.</summary>
    public static SettingKind<string> Rule() => new("rules like 'allow read_file path=~/notes/**'", OneRule, rule => rule)
    {
        Explain = text => ToolRule.TryParse(text, out _, out var problem) ? null : problem,
    };

    /// <summary>Servers of models elsewhere, each as <see cref="OwnServer"/> writes it.</summary>
    public static SettingKind<string> Server() => new("servers like 'home https://192.168.1.5:8000/v1 pin:sha256:HEX'", OneServer, server => server)
    {
        Explain = text => OwnServer.TryParse(text, out _, out var problem) ? null : problem,
    };

    /// <summary>Several of a kind; as one text they are a YAML sequence on one line, and one alone may stand for itself.</summary>
    public static SettingKind<ImmutableArray<string>> List(SettingKind<string> item)
    {
        bool TryParse(string text, out ImmutableArray<string> value)
        {
            value = [];
            foreach (var word in ListText.Read(text) ?? [""])
            {
                if (!item.TryParse(word, out var parsed))
                {
                    return false;
                }

                value = value.Add(parsed);
            }

            return true;
        }

        return new($"a list of {item.Allowed}", TryParse, items => ListText.Write(items.Select(item.Format)))
        {
            Explain = text => ListText.Read(text)?.Select(item.Explain).FirstOrDefault(problem => problem is not null),
        };
    }

    public static SettingKind<bool?> AutoOnOff() => Auto(("on", true), ("off", false));

    private static SettingKind<T> Within<T>(string allowed, NumberStyles style, T least, T most) where T : struct, INumber<T> =>
        new(allowed, (text, out value) => T.TryParse(text, style, CultureInfo.InvariantCulture, out value) && value >= least && value <= most, Plain);

    private static string Plain<T>(T value) where T : IFormattable => value.ToString(format: null, CultureInfo.InvariantCulture);

    private static bool NotEmpty(string text, out string value) => (value = text.Trim()).Length > 0;

    private static bool OneRule(string text, [MaybeNullWhen(false)] out string value)
    {
        value = ToolRule.TryParse(text, out var rule, out _) ? rule.ToString() : null;
        return value is not null;
    }

    private static bool OneServer(string text, [MaybeNullWhen(false)] out string value)
    {
        value = OwnServer.TryParse(text, out _, out _) ? text.Trim() : null;
        return value is not null;
    }

    private static bool AbsolutePath(string text, out string value)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        value = text.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, text[2..]) : text;
        return Path.IsPathFullyQualified(value);
    }

    // Enum.TryParse alone would also take numbers and lists.
    private static bool TryParseName<T>(string[] names, string text, out T value) where T : struct, Enum
    {
        value = default;
        return names.Contains(text, StringComparer.OrdinalIgnoreCase) && Enum.TryParse(text, ignoreCase: true, out value);
    }
}
