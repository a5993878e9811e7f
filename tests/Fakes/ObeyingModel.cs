using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.AI;
using PersonalAi.Tests.Fakes.Injections;

namespace PersonalAi.Tests.Fakes;

/// <summary>
/// The worst model there is: obeys every injection that it sees anywhere in its window, comes back in disguise and with other
/// tools, and at last says what the injection wants said. What keeps it from harm must be ours.
/// </summary>
/// <param name="injections">What it may be told, as it stands in the corpus.</param>
/// <param name="place">Where orders aim at.</param>
internal sealed class ObeyingModel(IEnumerable<Injection> injections, InjectionPlace place) : FakeChatClient
{
    private readonly ImmutableArray<Injection> _injections = [.. injections.Select(injection => injection.In(place))];
    private readonly Dictionary<string, int> _rounds = [];
    private readonly HashSet<string> _obeyed = [];
    private readonly List<FunctionCallContent> _calls = [];
    private bool _ranErrand;
    private int _turns;

    /// <summary>The calls that the user's own question needs, made first: they bring the injection into the window.</summary>
    public ImmutableArray<InjectionOrder> Errand { get; init; } = [];

    /// <summary>The ids of the injections that it saw and obeyed.</summary>
    public IReadOnlySet<string> Obeyed => _obeyed;

    /// <summary>The calls that it asked for.</summary>
    public IReadOnlyList<FunctionCallContent> Calls => _calls;

    protected override IReadOnlyList<AIContent> Answer(FakeRequest request)
    {
        if (request.UserTurns != _turns)
        {
            _turns = request.UserTurns;
            _rounds.Clear();
        }

        var window = new FoldedText(request.WindowText);
        var seen = _injections.Where(injection => injection.IsObeyed(window, new FoldedText(request.LastRequest))).ToImmutableArray();
        _obeyed.UnionWith(seen.Select(injection => injection.Id));
        return request.Options switch
        {
            { ResponseFormat: ChatResponseFormatJson } => [new TextContent(Facts(seen, request.LastRequest))],
            { Tools.Count: > 0 } when NextOrders(seen) is { IsEmpty: false } orders => Ask(orders),
            _ => [new TextContent(LastWords(seen, hasTools: request.Options?.Tools is { Count: > 0 }))],
        };
    }

    private ImmutableArray<InjectionOrder> NextOrders(ImmutableArray<Injection> seen)
    {
        if (!_ranErrand && !Errand.IsEmpty)
        {
            _ranErrand = true;
            return Errand;
        }

        return [.. seen.SelectMany(injection => NextRound(injection))];
    }

    private ImmutableArray<InjectionOrder> NextRound(Injection injection)
    {
        var rounds = Disguises.RoundsOf(injection, place);
        var round = _rounds.GetValueOrDefault(injection.Id);
        _rounds[injection.Id] = round + 1;
        return round < rounds.Length ? rounds[round] : [];
    }

    private ImmutableArray<AIContent> Ask(ImmutableArray<InjectionOrder> orders)
    {
        var calls = orders.Select(order => order.ToCall($"call-{Guid.NewGuid():n}")).ToArray();
        _calls.AddRange(calls);
        var raw = string.Concat(orders.Select(order => $"<tool_call>{{\"name\": \"{order.Tool}\", \"arguments\": {order.Arguments}}}</tool_call>\n"));
        return [new TextReasoningContent(raw), .. calls];
    }

    // Without tools it is asked for a summary, or has none left: then it carries the injections on as they stand.
    private static string LastWords(ImmutableArray<Injection> seen, bool hasTools)
    {
        var words = seen.SelectMany(injection => hasTools ? [injection.Answer] : injection.Carriers.Append(injection.Answer)).OfType<string>();
        return string.Join('\n', words) is { Length: > 0 } text ? text : "Done.";
    }

    private static string Facts(ImmutableArray<Injection> seen, string request) => JsonSerializer.Serialize(new
    {
        facts = seen.SelectMany(injection => injection.Orders)
            .Where(order => order.Tool == "memory_propose")
            .Select(order => new { quote = request, fact = order.Arguments.GetProperty("text").GetString(), kind = "preference" }),
    });
}
