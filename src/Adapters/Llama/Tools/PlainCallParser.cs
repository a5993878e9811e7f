using Microsoft.Extensions.AI;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>Reads what the grammar of <see cref="PlainToolFormat"/> admits: lines that are all reasoning, until one says that the answer follows.</summary>
/// <param name="offer">What may be called.</param>
internal sealed class PlainCallParser(ToolOffer offer) : CallParser
{
    private string _line = "";
    private bool _isAnswer;

    public override bool IsInsideCall => !_isAnswer && _line.Length > 0;

    public override IEnumerable<AIContent> Push(string piece)
    {
        while (!_isAnswer && piece.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end)
        {
            _line += piece[..end];
            foreach (var content in Reasoning(piece[..(end + 1)]).Concat(EndLine()))
            {
                yield return content;
            }

            piece = piece[(end + 1)..];
        }

        _line += _isAnswer ? "" : piece;
        foreach (var content in _isAnswer ? Text(piece) : Reasoning(piece))
        {
            yield return content;
        }
    }

    public override IEnumerable<AIContent> Finish() => EndLine();

    private List<AIContent> EndLine()
    {
        var call = CallOf(_line);
        _isAnswer = _line == PlainToolFormat.Trigger + PlainToolFormat.None;
        _line = call is null && !_isAnswer && _line.StartsWith(PlainToolFormat.Trigger, StringComparison.Ordinal) ? _line : "";
        return call is null ? [] : [call];
    }

    private FunctionCallContent? CallOf(string line)
    {
        var tool = offer.Tools.FirstOrDefault(tool => line.StartsWith($"{PlainToolFormat.Trigger}{tool.Name} {{", StringComparison.Ordinal));
        return tool is not null && CallJson.Parse(line[(PlainToolFormat.Trigger.Length + tool.Name.Length + 1)..]) is { } arguments
            ? CallJson.Call(tool.Name, arguments)
            : null;
    }
}
