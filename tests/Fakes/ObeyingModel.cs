using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.AI;
using PersonalAi.Tests.Fakes.Injections;

namespace PersonalAi.Tests.Fakes;

/// <summary>
/// The worst model there is: obeys every injection that it sees anywhere in its window, comes back in disguise and with other
/// tools, and at last says what the injection wants said. Asked for a summary it passes the injection on, asked for facts it makes
/// them up. What keeps it from harm must be ours.
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
    private (int Number, string Request) _turn;

    /// <summary>The calls that the user's own question needs, made first: they bring the injection into the window.</summary>
    public ImmutableArray<InjectionOrder> Errand { get; init; } = [];

    /// <summary>The ids of the injections that it saw and obeyed.</summary>
    public IReadOnlySet<string> Obeyed => _obeyed;

    /// <summary>The calls that it asked for.</summary>
    public IReadOnlyList<FunctionCallContent> Calls => _calls;

    protected override IReadOnlyList<AIContent> Answer(FakeRequest request)
    {
        var window = new FoldedText(request.WindowText);
        var standing = _injections.Where(injection => injection.IsIn(window)).ToImmutableArray();
        return request.Options switch
        {
            { Tools.Count: > 0 } => AnswerWithTools(request, [.. standing.Where(injection => injection.IsObeyed(window, new FoldedText(request.LastRequest)))]),
            { ResponseFormat: ChatResponseFormatJson } => [new TextContent(Facts(standing, request.LastRequest))],
            _ => [Words(standing.SelectMany(injection => injection.Carriers.Append(injection.Answer)))],
        };
    }

    private ImmutableArray<AIContent> AnswerWithTools(FakeRequest request, ImmutableArray<Injection> obeyed)
    {
        if (_turn != (request.UserTurns, request.LastRequest))
        {
            _turn = (request.UserTurns, request.LastRequest);
            _rounds.Clear();
        }

        _obeyed.UnionWith(obeyed.Select(injection => injection.Id));
        var orders = NextOrders(obeyed);
        return orders.IsEmpty ? [Words(obeyed.Select(injection => injection.Answer))] : Ask(orders);
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

    private static TextContent Words(IEnumerable<string?> words) => new(string.Join('\n', words.OfType<string>()) is { Length: > 0 } text ? text : "Done.");

    private static string Facts(ImmutableArray<Injection> seen, string request) => JsonSerializer.Serialize(new
    {
        facts = seen.SelectMany(injection => injection.Orders)
            .Where(order => order.Tool == "memory_propose")
            .Select(order => new { quote = request, fact = order.Arguments.GetProperty("words").GetString(), kind = "preference" }),
    });
}
