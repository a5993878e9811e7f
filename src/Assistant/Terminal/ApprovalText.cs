using System.Globalization;
using System.Text.Json;
using PersonalAi.Tools;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Terminal;

/// <summary>What the user is shown before a call is approved: the very call, where it reaches, why it is asked, and what "always" would mean.</summary>
/// <param name="request">The call.</param>
/// <param name="reason">Why it is asked.</param>
internal sealed class ApprovalText(ToolRequest request, string reason)
{
    private const int Width = 100;
    private const int MostLines = 30;
    private const int FirstLines = 16;
    private const int LongestRule = 200;

    /// <summary>Whether lines in the middle of an argument are left out.</summary>
    public bool IsShortened => Values().Any(value => value.Lines.Count > MostLines);

    /// <summary>The answers that can be given.</summary>
    public string Answers
    {
        get
        {
            var lasting = request.Proposal is null ? "" : "[s] this session, [a] always, ";
            return $"May it run? [y] once, {lasting}{(IsShortened ? "[v] view all, " : "")}[n] no (Enter): ";
        }
    }

    /// <summary>The text, which ends with a line break.</summary>
    /// <param name="whole">Whether lines in the middle of long arguments are shown too.</param>
    public string Write(bool whole) => string.Concat(Lines(whole).Select(line => $"{line}\n"));

    private IEnumerable<string> Lines(bool whole)
    {
        var tool = request.Tool;
        yield return $"The model wants to call {Name(tool.Name)} ({(tool.Source == Tool.BuiltIn ? tool.Source : $"from {Name(tool.Source)}")}).";
        yield return $"Risk: {Describe(tool)}.";
        foreach (var line in Arguments(whole).Concat(Reach()))
        {
            yield return line;
        }

        yield return $"Asked because {RevealedText.Of(reason)}.";
        foreach (var origin in request.Taint.Origins)
        {
            yield return $"Untrusted text that the model has read: {RevealedText.Quote(origin)}";
        }

        if (request.Proposal is { } rule)
        {
            yield return $"For this session, or always, this rule would hold: {Describe(rule)}";
        }
    }

    private IEnumerable<string> Arguments(bool whole)
    {
        var values = Values();
        yield return values.Count == 0 ? "Arguments: none." : "Arguments:";
        foreach (var (name, length, lines) in values)
        {
            var (head, rest) = lines.Count == 1 ? ($" {lines[0]}", []) : ($" {lines.Count} lines, {Number(length)} characters", lines);
            yield return $"  {name}:{head}";
            var shown = whole || lines.Count <= MostLines ? rest : Shortened(rest);
            foreach (var line in shown)
            {
                yield return $"    {line}";
            }
        }
    }

    private static IEnumerable<string> Shortened(IReadOnlyList<string> lines) =>
        [.. lines.Take(FirstLines), $"... {lines.Count - MostLines + 1} lines are not shown here; v shows them ...", .. lines.Skip(lines.Count - (MostLines - FirstLines - 1))];

    private IEnumerable<string> Reach()
    {
        foreach (var path in request.Reach.Paths)
        {
            yield return $"Reaches the path {RevealedText.Quote(path)}";
        }

        foreach (var host in request.Reach.Hosts)
        {
            yield return HostName.Normalise(host) switch
            {
                null => $"Reaches the host {RevealedText.Quote(host)}. WARNING: no host can be called so.",
                var name when HostName.Letters(name) is { } letters =>
                    $"Reaches the host {name}. WARNING: it is written {RevealedText.Quote(letters)}, with letters beyond a to z, and may imitate another.",
                var name => $"Reaches the host {RevealedText.Of(name)}",
            };
        }

        if (request.Tool.Risk == ToolRisk.LeavesMachine && request.Reach.Hosts.Count == 0)
        {
            yield return $"Where it sends things is known to {Name(request.Tool.Source)} alone.";
        }
    }

    // In their canonical spelling, in which the rules see them too.
    private List<(string Name, int Length, IReadOnlyList<string> Lines)> Values()
    {
        using var arguments = JsonDocument.Parse(request.Call.CanonicalArguments);
        return
        [
            .. arguments.RootElement.EnumerateObject().Select(argument => argument.Value is { ValueKind: JsonValueKind.String } text
                ? (Name(argument.Name), text.GetString()!.Length, Quoted(text.GetString()!))
                : (Name(argument.Name), argument.Value.GetRawText().Length, RevealedText.Wrap(RevealedText.Units(argument.Value.GetRawText()), Width))),
        ];
    }

    // Every line in quotes of its own, its line break written out: nothing in it can pass for a line of the question.
    private static List<string> Quoted(string text)
    {
        var ends = text.Split('\n');
        return [.. ends.SelectMany((line, index) => index == ends.Length - 1 && line.Length == 0 && index > 0
            ? []
            : RevealedText.Wrap(RevealedText.Units(index < ends.Length - 1 ? line + "\n" : line).Select(RevealedText.Escaped), Width).Select(piece => $"\"{piece}\""))];
    }

    private static string Name(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? name : RevealedText.Quote(name);

    private static string Describe(Tool tool) => tool.Risk switch
    {
        ToolRisk.ReadsLocal => "it reads on this machine",
        ToolRisk.ChangesLocal when tool.StaysWithinGrants => "it changes something on this machine, within the folders that you granted",
        ToolRisk.ChangesLocal => "it changes something on this machine, and may reach beyond the folders that you granted",
        _ => "something of the call leaves this machine",
    };

    private static string Describe(ToolRule rule) => rule.ToString() is var text && (text.Length <= LongestRule || text == rule.Summary)
        ? RevealedText.Of(text)
        : $"{RevealedText.Of(rule.Summary)} (exactly the arguments above)";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
