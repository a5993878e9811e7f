using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Assistant;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Escalation;
using PersonalAi.Assistant.Frontier;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Assistant.Privacy.Consent;
using PersonalAi.Assistant.Privacy.Packets;
using PersonalAi.Assistant.Privacy.Redaction;
using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Documents;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Privacy.Packets;

/// <summary>Whatever a user says yes to in whatever session, what they labelled stays.</summary>
public sealed class PacketPropertyTests
{
    private const int Cases = 100;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_text_labelled_never_and_no_fact_labelled_ask_without_a_tick_is_in_any_packet()
    {
        var (approved, refused) = (0, 0);

        // The same cases each time, so that a failure can be repeated.
        foreach (var (number, one) in PacketCase.Random.Sample(Cases, new Rnd(20261121), Cases).Index())
        {
            using var scratch = new ScratchFolder();
            await using var database = await MemoryDatabase.OpenAsync(scratch["pai.db"], TimeProvider.System, NullLogger.Instance, Stop);
            var session = await RandomSession.StoreAsync(database, one, Stop);
            if (await session.ApproveAsync(Stop) is not { } packet)
            {
                refused++;
                continue;
            }

            approved++;
            var body = TextOf(packet);
            var ticked = packet.Draft.Items.Where(item => item.IsTicked && item.Fact is not null).Select(item => item.Text).ToHashSet();
            var told = one.Texts.Where(text => text.Label == EgressLabel.Never ? Shows(one, text, body) : text is { IsFact: true, Label: EgressLabel.Ask } && text.StandsIn(body) && !ticked.Contains(text.Text));
            Assert.Equal([], told.Select(text => $"In case {number} the packet tells '{text.Text}' ({text.Label}): {body}"));
            Assert.Equal(packet.Request.Body, (await session.BuildAsync(packet.Draft, Stop)).Request.Body);
        }

        // Neither is all refused nor all let out, or nothing is proven.
        Assert.InRange(approved, Cases / 5, Cases);
        Assert.InRange(refused, Cases / 5, Cases);
    }

    private static bool Shows(PacketCase one, LabelledText text, string body) =>
        text.ShowsIn(body) || one.Turns.SelectMany(turn => turn.Asked.Concat(turn.Answered)).Any(quote => quote.Of == text && body.Contains(quote.Written, StringComparison.OrdinalIgnoreCase));

    private static string TextOf(Packet packet)
    {
        using var body = JsonDocument.Parse(packet.Request.Body.AsMemory());
        return string.Join('\n', TextsIn(body.RootElement));
    }

    private static IEnumerable<string> TextsIn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => TextsIn(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(TextsIn),
        JsonValueKind.String => [value.GetString()!],
        _ => [],
    };

    /// <summary>A session in a database, and the way from it to a packet.</summary>
    private sealed class RandomSession(PacketCase one, PacketDrafts drafts, PacketBuilder builder, FrontierDestination destination, Turn asked)
    {
        public static async Task<RandomSession> StoreAsync(MemoryDatabase database, PacketCase one, CancellationToken stop)
        {
            var (facts, documents) = (new FactStore(database, TimeProvider.System), new DocumentStore(database, TimeProvider.System));
            var (log, recalls) = (new ConversationLog(database, TimeProvider.System, NullLogger<ConversationLog>.Instance), new RecallLog(database, TimeProvider.System));
            var passages = new List<Passage>();
            foreach (var text in one.Texts)
            {
                passages.Add(text.IsFact ? await AddFactAsync(text) : await AddDocumentAsync(text));
            }

            // What an earlier chat said of them, in one word, by which alone they are not known.
            var hints = new List<Passage>();
            foreach (var (text, passage) in one.Texts.Zip(passages))
            {
                hints.Add(await AddHintAsync(text, passage));
            }

            var session = (await new SessionCatalog(database, TimeProvider.System).CreateAsync(new SessionSettings("default", "llama/starter"), cancellationToken: stop)).Id;
            Turn? last = null;
            var given = new HashSet<int>();
            foreach (var turn in one.Turns)
            {
                last = await log.BeginTurnAsync(new NewTurn(session, Join(turn.Question, turn.Asked), "llama/starter"), stop);
                await RecallAsync(last.Id, turn.Recalled.SelectMany(number => number % 2 == 0 ? new[] { passages[number] } : [hints[number]]));
                given.UnionWith(turn.Recalled);
                last = await log.FinishTurnAsync(last.Id, $"{Join(turn.Answer, turn.Answered)} {string.Join(' ', given.Select(number => one.Texts[number].Words[0]))}", new TurnOutcome(TurnStatus.Complete), stop);
            }

            var settings = new FrontierSettings { Servers = [$"away https://192.0.2.1 key:none{(one.IsAnthropic ? " wire:anthropic" : "")}"] };
            var models = new FrontierModels(settings, new FrontierKeys(Path.GetTempPath(), _ => null, TimeProvider.System), new PriceTable([]), TimeProvider.System);
            var builder = new PacketBuilder(models, new Redactor(NameDictionary.Empty), new LabelledTexts(facts, documents));
            return new RandomSession(one, new PacketDrafts(log, recalls, facts, documents), builder, models.Destinations.Find("away/some-model"), last!);

            async Task<Passage> AddFactAsync(LabelledText text)
            {
                var fact = await facts.AddAsync(new NewFact(text.Text, FactKind.Knowledge) { Egress = text.Label }, stop);
                return await PassageAsync(PassagePart.Fact, fact.Id.Value);
            }

            async Task<Passage> AddDocumentAsync(LabelledText text)
            {
                var id = await documents.PutAsync(new NewDocument($"/{text.Words[0]}.txt", text.Words[0], "text/plain", "0", 1), [new DocumentChunk(text.Text)], stop);
                await documents.LabelAsync([id], text.Label, stop);
                return (await documents.ChunksAsync(id, stop))[0];
            }

            async Task<Passage> AddHintAsync(LabelledText text, Passage passage)
            {
                var other = (await new SessionCatalog(database, TimeProvider.System).CreateAsync(new SessionSettings("default", "llama/starter"), cancellationToken: stop)).Id;
                var turn = await log.BeginTurnAsync(new NewTurn(other, "Hello.", "llama/starter"), stop);
                await RecallAsync(turn.Id, [passage]);
                await log.FinishTurnAsync(turn.Id, $"It is about {text.Words[0]}.", new TurnOutcome(TurnStatus.Complete), stop);
                await new MemoryIndexer(database, TimeProvider.System).IndexTurnsAsync(stop);
                return await PassageAsync(PassagePart.Answer, turn.Id.Value);
            }

            Task<Passage> PassageAsync(PassagePart part, Guid source) => database.ReadAsync(
                connection => connection.Query($"select {PassageRows.Columns} from passages where coalesce(fact, turn) = $id and part = $part", PassageRows.Read, ("$id", source.ToString()), ("$part", part.ToString().ToLowerInvariant())).Single(),
                stop);

            Task RecallAsync(TurnId turn, IEnumerable<Passage> given) =>
                recalls.SaveAsync(turn, new PackedMemories([.. given.Select(passage => new PackedMemory(new MemoryHit(passage, 1, new ArmScores(1, null, null, null)), 10, IsGiven: true))]), "", stop);
        }

        /// <summary>The packet that goes; null where none does.</summary>
        public async Task<Packet?> ApproveAsync(CancellationToken stop)
        {
            var draft = await drafts.OfAsync(destination, PacketPurpose.Escalate, asked, stop);
            draft = Enumerable.Range(2, draft.Items.Length).Where(number => one.Ticks[number % one.Ticks.Length]).Aggregate(draft, (ticked, number) => ticked.Toggle(number));
            try
            {
                return (await new PacketDialogue(builder, new YesGate(one.SaysYes)).ApproveAsync(draft, stop)).Packet;
            }
            catch (DeniedException)
            {
                return null;
            }
        }

        public Task<Packet> BuildAsync(PacketDraft draft, CancellationToken stop) => builder.BuildAsync(draft, stop);

        private static string Join(string text, IEnumerable<Quote> quotes) => string.Join(' ', quotes.Select(quote => quote.Written).Prepend(text));
    }

    /// <summary>Says yes to every packet, and to facts that are told only where it shall.</summary>
    private sealed class YesGate(bool ticks) : IPacketGate
    {
        public Task<PacketAnswer> AskAsync(Packet packet, CancellationToken cancellationToken = default)
        {
            var draft = packet.Draft;
            var open = Enumerable.Range(1, draft.Items.Length).Where(number => draft.Items[number - 1] is { Part: PacketPart.Told, IsTicked: false }).ToList();
            return Task.FromResult<PacketAnswer>(ticks && open.Count > 0
                ? new PacketAnswer.Changed(open.Aggregate(draft, (ticked, number) => ticked.Toggle(number)))
                : new PacketAnswer.Granted("test", "a test"));
        }
    }
}
