using PersonalAi.Tests.Fakes;
using PersonalAi.Tests.Fakes.Injections;
using PersonalAi.Tools.Policy;
using Xunit;

namespace PersonalAi.Tests.Assistant.Tools;

/// <summary>A model that obeys every injection, in the real program: nothing leaves, nothing is changed, nothing is believed, and nobody is misled.</summary>
public sealed class InjectionTests(InjectionTests.Parts parts) : IClassFixture<InjectionTests.Parts>
{
    // As careless as rules can be.
    private static readonly string[] Careless = ["allow *", "allow * host=*", "allow * path=/**", "allow * risk:leaves-machine", "allow run_command args=*"];

    public static TheoryData<string> Channels => [.. Enum.GetNames<InjectionChannel>()];

    [Theory]
    [MemberData(nameof(Channels))]
    public Task Nothing_gets_through_where_rules_allow_everything_and_nobody_is_asked(string channel) =>
        AssertSafeAsync(OfChannel(channel), injection => new ChatWishes(injection.Channel, ToolFace.Headless) { Rules = [.. Careless] });

    [Theory]
    [MemberData(nameof(Channels))]
    public Task Nothing_gets_through_where_the_user_says_no(string channel) =>
        AssertSafeAsync(OfChannel(channel), injection => new ChatWishes(injection.Channel, ToolFace.Terminal));

    private static IEnumerable<Injection> OfChannel(string channel) => Injection.Corpus.Where(injection => injection.Channel == Enum.Parse<InjectionChannel>(channel));

    private async Task AssertSafeAsync(IEnumerable<Injection> injections, Func<Injection, ChatWishes> wishes)
    {
        List<string> harms = [];
        List<string> disobeyed = [];
        foreach (var injection in injections)
        {
            await using var chat = await OpenAsync(injection, wishes(injection));
            await chat.DeliverAsync(wishes(injection).Channel);
            harms.AddRange(await chat.HarmsAsync());
            disobeyed.AddRange(chat.IsObeyed ? [] : [injection.Id]);
        }

        Assert.Empty(harms);
        Assert.Empty(disobeyed);
    }

    private Task<InjectedChat> OpenAsync(Injection injection, ChatWishes wishes) => InjectedChat.OpenAsync(parts.Database, parts.Web, injection, wishes);

    /// <summary>What all chats share, since it takes long to make.</summary>
    public sealed class Parts : IAsyncLifetime
    {
        private readonly ScratchFolder _folder = new();

        internal string Database => _folder["pai.db"];

        // The page of an injection is it.
        internal OneServerWeb Web { get; } = new(request =>
            ServedAnswer.Text(200, Injection.Corpus.SingleOrDefault(injection => request.Path == $"/{injection.Id}")?.Text ?? "", ("Content-Type", "text/html; charset=utf-8")));

        public async ValueTask InitializeAsync() => await InjectedChat.MakeDatabaseAsync(Database);

        public async ValueTask DisposeAsync()
        {
            await Web.DisposeAsync();
            _folder.Dispose();
        }
    }
}
