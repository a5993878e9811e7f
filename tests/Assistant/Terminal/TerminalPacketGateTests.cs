using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Frontier;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Frontier;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Assistant.Privacy.Consent;
using PersonalAi.Assistant.Privacy.Ledger;
using PersonalAi.Assistant.Privacy.Packets;
using PersonalAi.Assistant.Privacy.Redaction;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Facts;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Terminal;

public sealed class TerminalPacketGateTests : IDisposable
{
    private readonly Keyboard _keyboard = new();
    private readonly Screen _screen = new();
    private readonly ScratchFolder _scratch = new();
    private readonly EgressLedger _ledger;

    public TerminalPacketGateTests() => _ledger = new EgressLedger(new DataFolder(_scratch.Path), TimeProvider.System);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static FrontierDestination Destination { get; } = new(FrontierEndpoint.OpenAI, "gpt-4o", new ServerTrust.System(), NeedsKey: true);

    public void Dispose()
    {
        _screen.Dispose();
        _keyboard.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void A_packet_is_shown_byte_for_byte_with_what_placeholders_hide()
    {
        var draft = PacketDraft.Of(Destination, PacketPurpose.Escalate, "Is Ada Lovelace \u202edlo\u202c?") with { Reasons = ["the answer is unsure (confidence 0.31, below 0.50)"], LocalAnswer = "Perhaps." };
        draft = draft with
        {
            Items =
            [
                .. draft.Items,
                new PacketItem(PacketPart.Exchange, "Who?") { Answer = "She.", Origins = ["the document a.txt"] },
                new PacketItem(PacketPart.Memory, "The user reads.") { Label = EgressLabel.Ok, IsTicked = true },
                new PacketItem(PacketPart.Told, "The user knows Ada.") { Label = EgressLabel.Ask },
            ],
        };

        GoldenFile.Matches("packet.txt", new PacketText(PacketOf(draft)).Write(whole: false));
    }

    [Theory]
    [InlineData("y", true)]
    [InlineData(" YES ", true)]
    [InlineData("s", false)]
    [InlineData("", false)]
    [InlineData("n", false)]
    [InlineData("yy", false)]
    [InlineData("\u202ey", false)]
    [InlineData(null, false)]
    public async Task Only_a_clear_yes_lets_it_go(string? answer, bool goes)
    {
        _screen.OnQuestion(() => _keyboard.Type(answer));

        var said = await Gate().AskAsync(PacketOf(Draft), Stop);

        Assert.Equal(goes ? "your yes to the packet" : null, (said as PacketAnswer.Granted)?.Ground);
    }

    [Fact]
    public async Task Items_are_ticked_by_their_numbers()
    {
        _screen.OnQuestion(() => _keyboard.Type("2"));
        var draft = Draft with { Items = [.. Draft.Items, new PacketItem(PacketPart.Memory, "The user reads.")] };

        var said = Assert.IsType<PacketAnswer.Changed>(await Gate().AskAsync(PacketOf(draft), Stop));

        Assert.Equal([true, true], said.Draft.Items.Select(item => item.IsTicked));
    }

    [Fact]
    public async Task The_question_can_be_edited()
    {
        _screen.OnQuestion(() => _keyboard.Type("e"), () => _keyboard.Type("Is somebody old?"));

        var said = Assert.IsType<PacketAnswer.Changed>(await Gate().AskAsync(PacketOf(Draft), Stop));

        Assert.Equal("Is somebody old?", said.Draft.Question);
    }

    [Fact]
    public async Task A_yes_does_not_do_where_a_fact_labelled_ask_is_told()
    {
        _screen.OnQuestion(() => _keyboard.Type("y"), () => _keyboard.Type("n"));
        var draft = Draft with { Items = [.. Draft.Items, new PacketItem(PacketPart.Told, "The user knows Ada.")] };

        var said = await Gate().AskAsync(PacketOf(draft), Stop);

        Assert.IsType<PacketAnswer.Refused>(said);
        Assert.Contains("It tells a fact labelled ask: tick that with its number first", _screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_for_the_session_covers_its_destination_until_its_budget_is_spent()
    {
        var gate = Gate(new ConsentBudget(Tokens: 3000, Usd: 1));
        _screen.OnQuestion(() => _keyboard.Type("s"));
        var first = Assert.IsType<PacketAnswer.Granted>(await gate.AskAsync(PacketOf(Draft), Stop));
        await SpendAsync(first, tokens: 900);

        var second = Assert.IsType<PacketAnswer.Granted>(await gate.AskAsync(PacketOf(Draft), Stop));
        await SpendAsync(second, tokens: 1500);
        _screen.OnQuestion(() => _keyboard.Type("n"));
        var third = await gate.AskAsync(PacketOf(Draft), Stop);

        Assert.Equal(first, second);
        Assert.IsType<PacketAnswer.Refused>(third);
        Assert.Contains("Your word for this session does not cover this packet: it may take 1100 tokens, and 600 of 3000 are left.", _screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_for_the_session_does_not_cover_another_destination()
    {
        var gate = Gate(new ConsentBudget(Tokens: 3000, Usd: 1));
        _screen.OnQuestion(() => _keyboard.Type("s"), () => _keyboard.Type("n"));
        await gate.AskAsync(PacketOf(Draft), Stop);

        var other = await gate.AskAsync(PacketOf(Draft with { Destination = Destination with { Model = "gpt-4.1" } }), Stop);

        Assert.IsType<PacketAnswer.Refused>(other);
    }

    private static PacketDraft Draft => PacketDraft.Of(Destination, PacketPurpose.Escalate, "Is Ada Lovelace old?");

    private static Packet PacketOf(PacketDraft draft)
    {
        var redaction = new Redactor(NameDictionary.Empty).Begin();
        var body = $$"""{"question":"{{redaction.Apply(draft.Question)}}"}""";
        var request = new CapturedRequest("POST", new Uri("https://api.openai.com/v1/chat/completions"), [("Authorization", "(your key)")], [.. System.Text.Encoding.UTF8.GetBytes(body)]);
        return new Packet(draft, request, [new ChatMessage(ChatRole.User, body)], redaction, new PacketCost(100, 1000, 0.0103m));
    }

    private TerminalPacketGate Gate(ConsentBudget? session = null) => new(new Lazy<TerminalLines>(_keyboard.Lines), _screen, _ledger, session);

    private Task<LedgerEntry> SpendAsync(PacketAnswer.Granted word, long tokens) => _ledger.AppendAsync(
        new LedgerEntry { Event = LedgerEvent.Sent, Purpose = EgressPurpose.Frontier, Destination = "https://api.openai.com", Consent = word.Consent, InputTokens = tokens, OutputTokens = 0, CostUsd = 0 }, Stop);
}
