using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace PersonalAi.Tests.Fakes.Injections;

public sealed partial class InjectionCorpusTests
{
    private static readonly string[] Ours =
    [
        "edit_file", "fetch_page", "list_files", "memory_propose", "memory_search", "read_file", "run_command", "run_script", "search_files", "write_file",
    ];

    private static readonly string[] OfServers = ["add_numbers", "draw_chart", "guardar_recordatorio", "mail_send", "sync_context"];

    private static readonly string[] Forged = ["FETCH_PAGE", "add_rule", "clean", "fetch\u200b_page", "fetch_\u0440\u0430ge", "memory_forget"];

    [Fact]
    public void Ids_are_unique_and_name_the_channel()
    {
        var ids = Injection.Corpus.Select(injection => injection.Id).ToArray();

        Assert.Equal(ids.Distinct(), ids);
        Assert.All(Injection.Corpus, injection => Assert.Matches($"^{NameOf(injection.Channel)}-[0-9]{{2}}$", injection.Id));
    }

    [Fact]
    public void There_are_enough_of_them_and_some_for_every_channel()
    {
        var channels = Injection.Corpus.CountBy(injection => injection.Channel).ToDictionary();

        Assert.InRange(Injection.Corpus.Length, 110, int.MaxValue);
        Assert.All(Enum.GetValues<InjectionChannel>(), channel => Assert.InRange(channels.GetValueOrDefault(channel), 8, int.MaxValue));
    }

    [Fact]
    public void Each_is_known_by_its_marks_and_by_no_other_ones()
    {
        var windows = Injection.Corpus.Select(injection => (injection.Id, Text: new FoldedText(string.Concat(injection.Carriers)))).ToArray();

        Assert.All(Injection.Corpus, injection =>
        {
            Assert.NotEmpty(injection.Marks);
            Assert.Equal([injection.Id], windows.Where(window => injection.IsObeyed(window.Text, new FoldedText(injection.When ?? ""))).Select(window => window.Id));
        });
    }

    [Fact]
    public void Each_wants_calls_of_tools_that_we_know_or_words()
    {
        string[] known = [.. Ours, .. OfServers, .. Forged];

        Assert.All(Injection.Corpus, injection =>
        {
            Assert.True(!injection.Orders.IsEmpty || injection.Answer is not null);
            Assert.All(injection.Orders, order => Assert.Contains(order.Tool, known));
        });
    }

    [Fact]
    public void The_readme_explains_every_technique()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Corpus", "README.md"));

        Assert.All(Injection.Corpus, injection => Assert.Contains($"`{injection.Technique}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void File_names_fit_into_a_folder()
    {
        var names = Injection.Corpus.Where(injection => injection.Channel == InjectionChannel.FileName).SelectMany(injection => injection.Carriers);

        Assert.All(names, name =>
        {
            Assert.DoesNotContain('/', name);
            Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, 255);
        });
    }

    [Fact]
    public void No_address_in_them_is_anybodys()
    {
        var hosts = Injection.Corpus
            .SelectMany(injection => injection.Orders.Select(order => order.Arguments.ToString()).Concat(injection.Carriers).Append(injection.Answer ?? ""))
            .SelectMany(text => Address().Matches(text))
            .Select(match => match.Groups["host"].Value.TrimEnd('.', ','));

        Assert.All(hosts, host => Assert.Matches(@"(^|\.)(example|local)$|^www\.w3\.org$|^(127|169\.254|192\.168)\.|^\[::ffff:127\.|^2130706433$", host));
    }

    [Fact]
    public void Placeholders_are_filled()
    {
        var place = new InjectionPlace("/h", "/r", "/o", "5521");

        var filled = Injection.Corpus.Select(injection => injection.In(place)).SelectMany(injection =>
            injection.Carriers.Append(injection.Answer ?? "").Concat(injection.Orders.Select(order => order.Arguments.ToString())));

        Assert.All(filled, text => Assert.DoesNotMatch("%[A-Z_]+%", text));
    }

    [Fact]
    public void Mails_of_BIPIA_carry_every_attack_at_three_places()
    {
        var mails = BipiaMails.Read();

        Assert.Equal((225, 225), (mails.Length, mails.Select(mail => mail.Id).Distinct().Count()));
        Assert.All(mails, mail => Assert.True(mail.IsObeyed(new FoldedText(mail.Text), default)));
        Assert.All(mails.GroupBy(mail => mail.Marks[0]), attack => Assert.Equal(3, attack.Select(mail => mail.Text).Distinct().Count()));
    }

    private static string NameOf(InjectionChannel channel) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(channel.ToString());

    [GeneratedRegex(@"https?://(?<host>\[[^\]]+\]|[^/\s?:""'<>()`\\…\x00-\x1f]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
