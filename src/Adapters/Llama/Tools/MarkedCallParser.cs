using Microsoft.Extensions.AI;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>Reads calls that stand between marks: text, the opening mark, JSON, the closing mark.</summary>
/// <param name="open">What begins a call.</param>
/// <param name="close">What ends it; null where the answer's end does.</param>
/// <param name="begins">Whether an answer that begins with this text is a call without a mark.</param>
internal sealed class MarkedCallParser(string open, string? close, string? begins = null) : CallParser
{
    private string _held = "";
    private string _call = "";
    private bool _isCall;
    private bool _hasBegun;

    // What stands between two calls, and nothing else, belongs to them.
    private bool _hasCalled;

    public override bool IsInsideCall => _isCall;

    public override IEnumerable<AIContent> Push(string piece)
    {
        _held += piece;
        for (var moved = true; moved;)
        {
            moved = false;
            foreach (var content in _isCall ? InCall(ref moved) : InText(ref moved))
            {
                yield return content;
            }
        }
    }

    public override IEnumerable<AIContent> Finish()
    {
        var rest = _held;
        _held = "";
        if (!_isCall)
        {
            return _hasCalled && string.IsNullOrWhiteSpace(rest) ? Reasoning(rest) : Text(rest);
        }

        IReadOnlyList<AIContent> calls = close is null ? CallJson.Read(_call + rest) : [];
        _isCall = calls.Count == 0;
        return Reasoning(rest).Concat(calls);
    }

    private List<AIContent> InText(ref bool moved)
    {
        if (!_hasBegun && begins is not null && _held.Length > 0)
        {
            _hasBegun = true;
            _isCall = moved = _held.StartsWith(begins, StringComparison.Ordinal);
            if (_isCall)
            {
                return [];
            }
        }

        var at = _held.IndexOf(open, StringComparison.Ordinal);
        if (at >= 0)
        {
            var (before, mark) = (_held[..at], _held[at..(at + open.Length)]);
            _held = _held[(at + open.Length)..];
            (_isCall, moved, _call) = (true, true, "");
            return [.. IsBetweenCalls(before) ? Reasoning(before + mark) : Text(before).Concat(Reasoning(mark))];
        }

        var safe = _hasCalled && open.StartsWith(_held.TrimStart(), StringComparison.Ordinal) ? 0 : SafeLength(_held, open);
        return [.. Text(Take(safe))];
    }

    private List<AIContent> InCall(ref bool moved)
    {
        var at = close is null ? -1 : _held.IndexOf(close, StringComparison.Ordinal);
        if (at < 0)
        {
            var part = Take(close is null ? _held.Length : SafeLength(_held, close));
            _call += part;
            return [.. Reasoning(part)];
        }

        _call += _held[..at];
        var text = Take(at + close!.Length);
        (_isCall, _hasCalled, moved) = (false, true, true);
        return [.. Reasoning(text), .. CallJson.Read(_call)];
    }

    private bool IsBetweenCalls(string text) => _hasCalled && string.IsNullOrWhiteSpace(text);

    private string Take(int length)
    {
        var taken = _held[..length];
        _held = _held[length..];
        _hasCalled &= _isCall || string.IsNullOrWhiteSpace(taken);
        return taken;
    }

    // Up to where a mark may have begun.
    private static int SafeLength(string text, string mark)
    {
        for (var length = Math.Min(text.Length, mark.Length - 1); length > 0; length--)
        {
            if (text.EndsWith(mark[..length], StringComparison.Ordinal))
            {
                return text.Length - length;
            }
        }

        return text.Length;
    }
}
