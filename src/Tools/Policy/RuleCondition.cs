using System.Text.Json;

namespace PersonalAi.Tools.Policy;

/// <summary>What a condition of a rule speaks of; the later, the more specific.</summary>
internal enum RuleTopic
{
    /// <summary>Risk, source, or face.</summary>
    Kind,

    /// <summary>The name of the tool.</summary>
    Tool,

    /// <summary>Paths and hosts.</summary>
    Reach,

    /// <summary>The arguments.</summary>
    Arguments,
}

/// <summary>One condition of a rule, as one word of its text.</summary>
/// <param name="Topic">What it speaks of.</param>
/// <param name="Key">What the word begins with: <c>risk:</c>, <c>args.command=</c>; empty for the name of a tool.</param>
/// <param name="Value">The rest of the word.</param>
internal abstract record RuleCondition(RuleTopic Topic, string Key, string Value)
{
    /// <summary>How narrow it is among conditions of its topic.</summary>
    public abstract int Weight { get; }

    /// <summary>Whether it speaks of no more than one place, or one call.</summary>
    public virtual bool IsNamed => false;

    /// <summary>Whether it holds for a call.</summary>
    /// <param name="request">The call.</param>
    /// <param name="ofEverything">Whether all that the call reaches must be meant, as where a rule allows; else one thing is enough.</param>
    public abstract bool Holds(ToolRequest request, bool ofEverything);

    /// <summary>The word.</summary>
    public sealed override string ToString() =>
        Key + (Value.Length == 0 || Value.StartsWith('\'') || Value.Any(char.IsWhiteSpace) ? $"'{Value.Replace("'", "''", StringComparison.Ordinal)}'" : Value);
}

/// <summary>The name of a tool.</summary>
internal sealed record ToolCondition(string Value) : RuleCondition(RuleTopic.Tool, "", Value)
{
    private readonly Glob _name = Glob.OfText(Value);

    public override int Weight => _name.FixedLength + (_name.IsExact ? 1 : 0);

    public override bool IsNamed => _name.IsExact;

    public override bool Holds(ToolRequest request, bool ofEverything) => _name.Matches(request.Tool.Name);
}

/// <summary>What the tool can do at worst.</summary>
internal sealed record RiskCondition(string Value) : RuleCondition(RuleTopic.Kind, "risk:", Value)
{
    public override int Weight => 1;

    public override bool Holds(ToolRequest request, bool ofEverything) => request.Tool.Risk.ToWord() == Value;
}

/// <summary>Where the tool comes from.</summary>
internal sealed record SourceCondition(string Value) : RuleCondition(RuleTopic.Kind, "source:", Value)
{
    private readonly Glob _name = Glob.OfText(Value);

    public override int Weight => _name.FixedLength;

    public override bool Holds(ToolRequest request, bool ofEverything) => _name.Matches(request.Tool.Source);
}

/// <summary>Where the user sits.</summary>
internal sealed record FaceCondition(string Value) : RuleCondition(RuleTopic.Kind, "face:", Value)
{
    public override int Weight => 1;

    public override bool Holds(ToolRequest request, bool ofEverything) => request.Face.ToWord() == Value;
}

/// <summary>The files and folders that the call would reach.</summary>
internal sealed record PathCondition(string Value) : RuleCondition(RuleTopic.Reach, "path=", Value)
{
    private const string Below = "/**";

    public override int Weight => Glob.OfPath(Value).FixedLength;

    /// <summary>Whether it begins in a folder that it names.</summary>
    public override bool IsNamed => !Value.StartsWith('*') && FixedFolder(Value).Trim('/', '~').Length > 0;

    /// <summary>Whether it begins with a root, a home, or anything, and goes nowhere up again.</summary>
    public static bool IsPattern(string value) =>
        (value.StartsWith('/') || value.StartsWith("~/", StringComparison.Ordinal) || value.StartsWith("**/", StringComparison.Ordinal) || value is "**" || Path.IsPathFullyQualified(value))
        && !value.Split('/', '\\').Contains("..");

    public override bool Holds(ToolRequest request, bool ofEverything)
    {
        // On Windows a backslash is a separator, and nothing there is called with a star.
        var pattern = Path.DirectorySeparatorChar == '/' ? Value : Value.Replace('\\', '/');
        var expanded = pattern.StartsWith("~/", StringComparison.Ordinal) ? Glob.Escape(RulePath.Home) + pattern[1..] : pattern;
        Glob[] globs = [.. PatternsOf(expanded).Select(Glob.OfPath)];
        bool Matches(string form) => globs.Any(glob => glob.Matches(form));

        var paths = request.Reach.Paths;
        return ofEverything
            ? paths.Count > 0 && paths.All(path => RulePath.FormsOf(path).All(Matches))
            : paths.Any(path => RulePath.FormsOf(path).Any(Matches));
    }

    // The folder at the beginning may be a link itself, and what is below a folder includes the folder.
    private static IEnumerable<string> PatternsOf(string pattern)
    {
        var folder = FixedFolder(pattern);
        var forms = folder.Length == 0
            ? [pattern]
            : RulePath.FormsOf(Glob.Unescape(folder))
                .Select(form => Glob.Escape(form.TrimEnd('/')) + pattern[folder.Length..])
                .Append(pattern);
        return forms.SelectMany(form => form.EndsWith(Below, StringComparison.Ordinal) ? new[] { form, form[..^Below.Length] } : [form]);
    }

    // Up to, and without, the slash before the first star.
    private static string FixedFolder(string pattern)
    {
        var star = pattern.Replace(@"\\", "__", StringComparison.Ordinal).Replace(@"\*", "__", StringComparison.Ordinal).IndexOf('*', StringComparison.Ordinal);
        var end = star < 0 ? pattern.LastIndexOf('/') : star == 0 ? -1 : pattern.LastIndexOf('/', star - 1);
        return end > 0 && (pattern.StartsWith('~') || Path.IsPathFullyQualified(pattern[..end])) ? pattern[..end] : "";
    }
}

/// <summary>The hosts that the call would reach.</summary>
internal sealed record HostCondition(string Value) : RuleCondition(RuleTopic.Reach, "host=", Value)
{
    private const string Everything = "*";
    private const string Subdomains = "*.";

    public override int Weight => Value is Everything ? 0 : Value.Length - (Value.StartsWith(Subdomains, StringComparison.Ordinal) ? 1 : 0);

    /// <summary>Whether it names a host, or one's subdomains.</summary>
    public override bool IsNamed => Value is not Everything && Value.TrimStart('*', '.').Contains('.', StringComparison.Ordinal)
        || Value is "localhost" || Value.StartsWith('[');

    /// <summary>The pattern in one spelling; null where it is none.</summary>
    public static string? Normalise(string value)
    {
        if (value is Everything)
        {
            return value;
        }

        var prefix = value.StartsWith(Subdomains, StringComparison.Ordinal) ? Subdomains : "";
        var name = value[prefix.Length..];
        var isName = name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_') && !name.StartsWith('.');
        var isAddress = prefix.Length == 0 && name is ['[', .., ']'] && name[1..^1].All(c => char.IsAsciiHexDigit(c) || c is ':' or '.');
        return (isName || isAddress) && HostName.Normalise(name) is { } normal ? prefix + normal : null;
    }

    public override bool Holds(ToolRequest request, bool ofEverything)
    {
        var hosts = request.Reach.Hosts;
        return ofEverything ? hosts.Count > 0 && hosts.All(Matches) : hosts.Any(Matches);
    }

    private bool Matches(string host) =>
        Value is Everything
        || (HostName.Normalise(host) is { } normal
            && (Value.StartsWith(Subdomains, StringComparison.Ordinal) ? normal.EndsWith(Value[1..], StringComparison.Ordinal) && normal.Length > Value.Length - 1 : normal == Value));
}

/// <summary>All arguments, as <see cref="ToolCall.CanonicalArguments"/> writes them.</summary>
internal sealed record ArgumentsCondition(string Value) : RuleCondition(RuleTopic.Arguments, "args=", Value)
{
    private readonly Glob _json = Glob.OfText(Value);

    public override int Weight => _json.FixedLength + (_json.IsExact ? 1 : 0);

    public override bool IsNamed => _json.IsExact;

    public override bool Holds(ToolRequest request, bool ofEverything) => _json.Matches(request.Call.CanonicalArguments);
}

/// <summary>One argument: a text as it is, anything else as canonical JSON.</summary>
internal sealed record ArgumentCondition(string Name, string Value) : RuleCondition(RuleTopic.Arguments, $"args.{Name}=", Value)
{
    private readonly Glob _value = Glob.OfText(Value);

    public override int Weight => _value.FixedLength;

    public override bool Holds(ToolRequest request, bool ofEverything) =>
        request.Call.Arguments.TryGetProperty(Name, out var value)
        && _value.Matches(value.ValueKind == JsonValueKind.String ? value.GetString()! : CanonicalJson.Of(value));
}
