using System.Collections.Immutable;

namespace PersonalAi.Memory.Exchange.Conversations;

/// <summary>Makes turns of an exported tree of messages: each goes from what the user wrote to where the user writes again, or nobody.</summary>
/// <remarks>Another answer to the same words, and other words after the same answer, are branches. Messages on a cycle, which no root leads to, are left out.</remarks>
internal sealed class TurnTree
{
    private readonly ArchivedConversation _conversation;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<string, ArchivedMessage> _messages = [];
    private readonly ILookup<string, ArchivedMessage> _children;

    private readonly HashSet<string> _ends = [];
    private readonly List<ArchivedTurn> _turns = [];

    /// <param name="conversation">What was exported.</param>
    /// <param name="now">When a conversation without any time is taken to be.</param>
    public TurnTree(ArchivedConversation conversation, DateTimeOffset now)
    {
        (_conversation, _now) = (conversation, now);
        foreach (var message in conversation.Messages)
        {
            _messages.TryAdd(message.Id, message);
        }

        _children = _messages.Values.Where(message => !IsRoot(message)).ToLookup(message => message.Parent!);
    }

    /// <summary>The turns, each after the one it follows.</summary>
    public IReadOnlyList<ArchivedTurn> Turns()
    {
        var open = new Queue<(ArchivedMessage Message, OpenTurn Turn)>(_messages.Values.Where(IsRoot).Select(root => (root, Begin(root, parent: null, _conversation.CreatedAt ?? root.At ?? _now))));
        while (open.TryDequeue(out var next))
        {
            var (message, turn) = next;
            var children = _children[message.Id].ToList();
            var ends = children.Count == 0 || children.Any(child => child.IsUser);
            var closed = ends ? Close(message, turn) : null;
            foreach (var child in children)
            {
                open.Enqueue((child, child.IsUser ? Begin(child, closed, turn.EndedAt) : turn.Followed(child)));
            }
        }

        return _turns;
    }

    /// <summary>The id of the turn that the current path ends with; null where there is none. <see cref="Turns"/> comes before.</summary>
    public string? Head()
    {
        var current = _conversation.Current;
        for (var steps = 0; current is not null && steps <= _messages.Count; steps++)
        {
            if (_ends.Contains(current))
            {
                return current;
            }

            current = _messages.GetValueOrDefault(current)?.Parent;
        }

        return _turns.Count > 0 ? _turns[^1].Id : null;
    }

    private bool IsRoot(ArchivedMessage message) => message.Parent is null || !_messages.ContainsKey(message.Parent);

    private static OpenTurn Begin(ArchivedMessage message, string? parent, DateTimeOffset before) =>
        new(parent, message.IsUser ? message.Text : "", message.At ?? before, message.At ?? before, message.Model)
        {
            Answers = message.IsUser || message.Text.Length == 0 ? [] : [message.Text],
        };

    private string? Close(ArchivedMessage end, OpenTurn turn)
    {
        if (turn.Prompt.Length == 0 && turn.Answers.IsEmpty)
        {
            return turn.Parent;
        }

        _turns.Add(new(end.Id, turn.Parent, turn.Prompt, string.Join("\n\n", turn.Answers), turn.At, turn.EndedAt, turn.Model));
        _ends.Add(end.Id);
        return end.Id;
    }

    private sealed record OpenTurn(string? Parent, string Prompt, DateTimeOffset At, DateTimeOffset EndedAt, string? Model)
    {
        public ImmutableList<string> Answers { get; init; } = [];

        public OpenTurn Followed(ArchivedMessage message) => this with
        {
            Answers = message.Text.Length == 0 ? Answers : Answers.Add(message.Text),
            EndedAt = message.At is { } at && at > EndedAt ? at : EndedAt,
            Model = message.Text.Length == 0 ? Model : message.Model ?? Model,
        };
    }
}
