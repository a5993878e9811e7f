using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>
/// Reads calls from an answer that no grammar held to a form, line by line, and takes what small models make of <see cref="PlainToolFormat"/>:
/// <c>Action: tool {"a": 1}</c>, <c>tool(a=1)</c>, <c>{"name": "tool", "arguments": {...}}</c>, in fences or over several lines.
/// </summary>
/// <param name="offer">What may be called.</param>
internal sealed partial class FreeCallParser(ToolOffer offer) : CallParser
{
    private static readonly string[] Marks = ["Thought:", "Action:", "```", "{", "[{", "- Action:"];

    private readonly string[] _marks = [.. Marks, .. offer.Tools.SelectMany(tool => new[] { $"{tool.Name}(", $"{tool.Name} {{", $"{tool.Name}{{", $"{tool.Name}:" })];
    private string _held = "";
    private State _state = State.LineStart;
    private int _depth;
    private bool _inString;
    private bool _escaped;

    private enum State
    {
        /// <summary>The line may still turn out to be either.</summary>
        LineStart,

        /// <summary>The line is text.</summary>
        Text,

        /// <summary>The lines are a thought or a call.</summary>
        Marked,
    }

    public override bool IsInsideCall => _state == State.Marked && _held.Length > 0;

    public override IEnumerable<AIContent> Push(string piece) => piece.SelectMany(Push);

    public override IEnumerable<AIContent> Finish() => _state switch
    {
        State.LineStart => Release(),
        State.Marked => EndMarked(),
        _ => [],
    };

    private IEnumerable<AIContent> Push(char character)
    {
        switch (_state)
        {
            case State.Text:
                _state = character == '\n' ? State.LineStart : State.Text;
                return Text(character.ToString());
            case State.Marked:
                _held += character;
                return Reasoning(character.ToString()).Concat(EndsMarked(character) ? EndMarked() : []);
            default:
                _held += character;
                return BeginLine(character);
        }
    }

    private IEnumerable<AIContent> BeginLine(char character)
    {
        var line = _held.TrimStart();
        if (Array.Exists(_marks, mark => line.StartsWith(mark, StringComparison.Ordinal)))
        {
            _state = State.Marked;
            foreach (var each in _held)
            {
                EndsMarked(each);
            }

            return Reasoning(_held);
        }

        return character == '\n' || !Array.Exists(_marks, mark => mark.StartsWith(line, StringComparison.Ordinal)) ? Release() : [];
    }

    private IEnumerable<AIContent> Release()
    {
        var held = _held;
        _held = "";
        _state = held.EndsWith('\n') ? State.LineStart : State.Text;
        return Text(held);
    }

    // A marked part ends with its line, unless a brace is still open.
    private bool EndsMarked(char character)
    {
        if (_inString)
        {
            _inString = _escaped || character != '"';
            _escaped = !_escaped && character == '\\';
            return false;
        }

        _inString = character == '"' && _depth > 0;
        _depth += character is '{' or '[' ? 1 : character is '}' or ']' ? -1 : 0;
        return character == '\n' && _depth <= 0;
    }

    private List<AIContent> EndMarked()
    {
        var text = _held;
        var calls = CallsOf(text.Trim(' ', '\n', '`', '-'));
        (_held, _state, _depth, _inString, _escaped) = ("", State.LineStart, 0, false, false);
        return [.. calls];
    }

    private IEnumerable<FunctionCallContent> CallsOf(string text)
    {
        if (text.StartsWith("Thought:", StringComparison.Ordinal))
        {
            return [];
        }

        var open = text.IndexOfAny(['{', '[']);
        var close = text.LastIndexOfAny(['}', ']']);
        var json = open >= 0 && close > open ? text[open..(close + 1)] : "";
        if (CallJson.Read(json) is { Count: > 0 } calls)
        {
            return calls;
        }

        var tool = offer.Tools.Where(tool => text.Contains(tool.Name, StringComparison.Ordinal)).MaxBy(tool => tool.Name.Length);
        return tool is null ? []
            : CallJson.Parse(json) is { ValueKind: System.Text.Json.JsonValueKind.Object } arguments ? [CallJson.Call(tool.Name, arguments)]
            : NamedArguments(text, tool.Name) is { } named ? [new FunctionCallContent(Guid.NewGuid().ToString("n"), tool.Name, named)]
            : [];
    }

    // tool(a=1, b="x")
    private static Dictionary<string, object?>? NamedArguments(string text, string tool)
    {
        var start = text.IndexOf($"{tool}(", StringComparison.Ordinal);
        return start < 0 ? null : NamedArgument().Matches(text[start..]).DistinctBy(match => match.Groups["name"].Value).ToDictionary(
            match => match.Groups["name"].Value,
            match => (object?)(CallJson.Parse(match.Groups["value"].Value) ?? CallJson.Parse($"\"{match.Groups["value"].Value.Trim('\'')}\"")));
    }

    [GeneratedRegex("""(?<name>\w+)\s*[=:]\s*(?<value>"(?:[^"\\]|\\.)*"|'[^']*'|\[[^\]]*\]|[^,)\s]+)""")]
    private static partial Regex NamedArgument();
}
