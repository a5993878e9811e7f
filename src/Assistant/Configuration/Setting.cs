using System.Collections.Immutable;

namespace PersonalAi.Assistant.Configuration;

/// <summary>One thing that can be configured, whatever its type.</summary>
internal abstract class Setting(string name, string description)
{
    /// <summary>Dotted name, as <c>pai config</c> takes it, for example <c>sampling.top_p</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The part of the name before the dot; empty where there is none.</summary>
    public string Section => Name[..Math.Max(Name.IndexOf('.', StringComparison.Ordinal), 0)];

    /// <summary>The part of the name after the dot.</summary>
    public string Key => Name[(Name.IndexOf('.', StringComparison.Ordinal) + 1)..];

    public string Description { get; } = description;

    /// <summary>What the number counts; empty where it is a bare number or text.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The environment variable that sets it.</summary>
    public string Variable
    {
        get => field ?? $"PAI_{Name.Replace('.', '_').ToUpperInvariant()}";
        init;
    }

    /// <summary>The option that sets it on the command line, where there is one.</summary>
    public string? Flag { get; init; }

    /// <summary>What it takes, for a sentence: <c>a number from 0 to 2</c>.</summary>
    public abstract string Allowed { get; }

    /// <summary>Whether it takes several values.</summary>
    public virtual bool IsList => false;

    /// <summary>Tells more of a text that is not allowed than that it is not: a sentence, or null.</summary>
    public abstract string? Explain(string text);

    /// <summary>The value that the options have, as it is written in the file.</summary>
    public abstract string TextIn(PaiOptions options);

    /// <summary>The value that the options have, as it is written in JSON.</summary>
    public abstract object ValueIn(PaiOptions options);

    /// <summary>The value that a text stands for, as it is written in JSON; null where the text is not allowed.</summary>
    public abstract object? ValueOf(string text);

    /// <summary>The options with this setting changed; null where the text is not allowed.</summary>
    public abstract PaiOptions? With(PaiOptions options, string text);
}

/// <summary>One thing that can be configured, bound to its place in <see cref="PaiOptions"/>.</summary>
internal sealed class Setting<T>(string name, SettingKind<T> kind, string description, Func<PaiOptions, T> read, Func<PaiOptions, T, PaiOptions> write)
    : Setting(name, description)
{
    public override string Allowed => Unit.Length == 0 ? kind.Allowed : $"{kind.Allowed} ({Unit})";

    public override bool IsList => typeof(T) == typeof(ImmutableArray<string>);

    public override string? Explain(string text) => kind.Explain(text);

    public override string TextIn(PaiOptions options) => kind.Format(read(options));

    public override object ValueIn(PaiOptions options) => Json(read(options));

    public override object? ValueOf(string text) => kind.TryParse(text, out var value) ? Json(value) : null;

    public override PaiOptions? With(PaiOptions options, string text) => kind.TryParse(text, out var value) ? write(options, value) : null;

    // Numbers and truth values are themselves; what has words of its own is written in them.
    private object Json(T value) => value is null or Enum || Nullable.GetUnderlyingType(typeof(T)) is not null ? kind.Format(value) : value;
}
