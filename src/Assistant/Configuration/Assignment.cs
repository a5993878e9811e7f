namespace PersonalAi.Assistant.Configuration;

/// <summary>Where values come from; each layer wins over those before it.</summary>
internal enum Layer
{
    Default,
    File,
    Persona,
    Environment,
    CommandLine,
}

/// <summary>The place that a value comes from: its layer, and the file and line, variable or option in it.</summary>
internal readonly record struct Origin(Layer Layer, string Place)
{
    public override string ToString() => Layer switch
    {
        Layer.Default => "default",
        Layer.Environment => $"environment variable {Place}",
        Layer.CommandLine => $"command line {Place}",
        _ => Place,
    };
}

/// <summary>A value that one layer gives to one setting.</summary>
internal sealed record Assignment(Setting Setting, string Text, Origin Origin)
{
    /// <summary>What to say when the value is not allowed.</summary>
    public string Problem => Setting.Explain(Text) is { } explanation ? $"{Origin.Place}: {explanation}"
        : Origin.Layer == Layer.CommandLine
        ? $"'{Text}' is not allowed for '{Origin.Place}', which takes {Setting.Allowed}."
        : $"{Origin.Place}: '{Text}' is not allowed for '{Setting.Name}', which takes {Setting.Allowed}.";

    /// <summary>The value as it is written in JSON, or a <see cref="UsageException"/> that says what is allowed.</summary>
    public object Value => Setting.ValueOf(Text) ?? throw new UsageException(Problem);

    /// <summary>The options with the value in them, or a <see cref="UsageException"/> that says what is allowed.</summary>
    public PaiOptions ApplyTo(PaiOptions options) => Setting.With(options, Text) ?? throw new UsageException(Problem);
}
