using System.Security.Cryptography;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Download;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Models.Download;

public sealed class ModelPullTests : IDisposable
{
    private const string Name = "small.F16.gguf";

    private static readonly Lazy<byte[]> Payload = new(WritePayload);

    private readonly ScratchFolder _folder = new();
    private readonly EgressConsent _consent = new(EgressPurpose.ModelDownload, "a test");
    private readonly HttpClient _http;
    private readonly ModelStore _store;
    private readonly List<DownloadOffer> _offers = [];
    private readonly List<Uri> _redirects = [];

    public ModelPullTests()
    {
        _http = Gates.Open().CreateClient(_consent);
        _store = new ModelStore(_folder["models"], _folder["bundle"], TimeProvider.System);
    }

    private static byte[] Model => Payload.Value;

    private static string Hash => Convert.ToHexStringLower(SHA256.HashData(Model));

    private string Installed => Path.Combine(_store.Folder, Name);

    private string Part => Installed + ".part";

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_published_file_comes_whole_and_is_pinned_as_published()
    {
        await using var server = new ModelServer(request => ServedAnswer.File(request, Model));
        var progress = new RecordedProgress<ModelProgress>();

        var pin = await PullAsync(server, Wanted(server) with { Sha256 = Hash, Bytes = Model.Length }, progress);

        Assert.Equal((Hash, ModelPinSource.Published, Model.Length), (pin.Sha256, pin.Source, pin.Bytes));
        Assert.Equal(Model, await File.ReadAllBytesAsync(Installed));
        Assert.Equal(new ModelProgress(Name, ModelStage.Fetching, Model.Length, Model.Length), progress.Reports.Last());
        Assert.Equal(["models.json", "models.lock", Name], Files());
        Assert.Equal(pin, (await _store.CheckAsync(Installed)).Pin);
        var request = Assert.Single(server.Requests);
        Assert.Equal(("/a/b/resolve/main/" + Name, "pai"), (request.Path, request.Headers["User-Agent"]));
        Assert.Equal(["Host", "User-Agent"], request.Headers.Keys.Order());
    }

    [Fact]
    public async Task A_file_that_nobody_published_a_hash_of_is_pinned_as_it_comes()
    {
        await using var server = new ModelServer(request => ServedAnswer.File(request, Model));

        var pin = await PullAsync(server);

        Assert.Equal((Hash, ModelPinSource.FirstUse), (pin.Sha256, pin.Source));
        Assert.Equal(new DownloadOffer(Name, Wanted(server).Source, Wanted(server).Source, Model.Length, HaveBytes: 0), Assert.Single(_offers));
    }

    [Fact]
    public async Task A_lost_connection_is_gone_on_with()
    {
        await using var server = new ModelServer(request => ServedAnswer.File(request, Model) with { StopsAfter = request.Range is null ? 1_000_000 : null });
        var progress = new RecordedProgress<ModelProgress>();

        var pin = await PullAsync(server, progress: progress);

        Assert.Equal(Hash, pin.Sha256);
        Assert.Equal([null, "bytes=1000000-"], server.Requests.Select(request => request.Range));
        Assert.Equal("\"one\"", server.Requests[1].Headers["If-Range"]);
        Assert.Contains(new ModelProgress(Name, ModelStage.Reconnecting, 1_000_000, Model.Length), progress.Reports);
    }

    [Fact]
    public async Task A_connection_that_falls_silent_is_gone_on_with()
    {
        await using var server = new ModelServer(request =>
            ServedAnswer.File(request, Model) with { StopsAfter = request.Range is null ? 500_000 : null, FallsSilent = request.Range is null });

        var pin = await PullAsync(server, rules: Rules() with { Silence = TimeSpan.FromMilliseconds(300) });

        Assert.Equal(Hash, pin.Sha256);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task An_interrupted_pull_is_gone_on_with_by_the_next_one()
    {
        await using var server = new ModelServer(request => ServedAnswer.File(request, Model));
        using var stop = new CancellationTokenSource();
        var progress = new RecordedProgress<ModelProgress>(report =>
        {
            if (report.DoneBytes > 0)
            {
                stop.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PullAsync(server, progress: progress, cancellationToken: stop.Token));
        var kept = new FileInfo(Part).Length;
        var pin = await PullAsync(server);

        Assert.InRange(kept, 1, Model.Length - 1);
        Assert.Equal(Hash, pin.Sha256);
        Assert.Equal([null, $"bytes={kept}-"], server.Requests.Select(request => request.Range));
        Assert.Equal([0, kept], _offers.Select(offer => offer.HaveBytes));
        Assert.Equal(["models.json", "models.lock", Name], Files());
    }

    [Fact]
    public async Task What_came_after_the_last_flush_is_not_trusted_after_a_crash()
    {
        await using var server = new ModelServer(request => ServedAnswer.File(request, Model));
        await LeavePartAsync(server, 700_000);
        await File.AppendAllTextAsync(Part, "what the system had not written when the power went");

        var pin = await PullAsync(server);

        Assert.Equal(Hash, pin.Sha256);
        Assert.Equal("bytes=700000-", server.Requests[^1].Range);
    }

    [Fact]
    public async Task A_file_that_changed_at_the_server_is_fetched_from_its_beginning()
    {
        await using var server = new ModelServer(request => ServedAnswer.File(request, Model, "\"two\""));
        await LeavePartAsync(server, 700_000);

        var pin = await PullAsync(server);

        Assert.Equal((Hash, Model.Length), (pin.Sha256, pin.Bytes));
        Assert.Equal("bytes=700000-", server.Requests[^1].Range);
    }

    [Fact]
    public async Task A_file_that_became_shorter_at_the_server_is_fetched_from_its_beginning()
    {
        await using var server = new ModelServer(request => ServedAnswer.File(request, Model));
        await LeavePartAsync(server, Model.Length + 100, total: Model.Length + 200);

        var pin = await PullAsync(server);

        Assert.Equal((Hash, Model.Length), (pin.Sha256, pin.Bytes));
        Assert.Equal([$"bytes={Model.Length + 100}-", null], server.Requests.Select(request => request.Range));
    }

    [Fact]
    public async Task A_part_of_another_source_is_not_gone_on_with()
    {
        await using var server = new ModelServer(request => ServedAnswer.File(request, Model));
        await LeavePartAsync(server, 700_000, source: new Uri("https://example.org/other.gguf"));

        await PullAsync(server);

        Assert.Null(Assert.Single(server.Requests).Range);
    }

    [Fact]
    public async Task A_pull_that_was_killed_after_the_last_byte_asks_nobody()
    {
        await using var server = new ModelServer(request => ServedAnswer.File(request, Model));
        await LeavePartAsync(server, Model.Length, total: Model.Length);

        var pin = await PullAsync(server);

        Assert.Equal(Hash, pin.Sha256);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Other_bytes_than_published_are_thrown_away()
    {
        byte[] other = [.. Model[..^1], (byte)~Model[^1]];
        await using var server = new ModelServer(request => ServedAnswer.File(request, other));

        var error = await Assert.ThrowsAsync<ModelException>(() => PullAsync(server, Wanted(server) with { Sha256 = Hash }));

        Assert.Equal(
            (ModelError.Changed,
            $"The model file \"{Name}\" has the SHA-256 {Convert.ToHexStringLower(SHA256.HashData(other))} instead of {Hash}: what came was deleted, choose another source with --from."),
            (error.Error, error.Message));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_header_that_is_not_sound_is_thrown_away()
    {
        byte[] broken = [.. Model[..8], .. BitConverter.GetBytes(ulong.MaxValue), .. Model[16..]];
        await using var server = new ModelServer(request => ServedAnswer.File(request, broken));

        var error = await Assert.ThrowsAsync<ModelException>(() => PullAsync(server));

        Assert.Equal(ModelError.Corrupt, error.Error);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Redirects_are_asked_about_by_host_and_followed()
    {
        await using var store = new ModelServer(request => ServedAnswer.File(request, Model));
        await using var hub = new ModelServer(request => request.Path.StartsWith("/a/", StringComparison.Ordinal)
            ? ServedAnswer.Text(302, "", ("Location", "/moved"))
            : ServedAnswer.Text(307, "", ("Location", $"{store.Address}blob?signature=1")));

        var pin = await PullAsync(hub);

        Assert.Equal(Hash, pin.Sha256);
        Assert.Equal([new Uri(store.Address, "blob?signature=1")], _redirects);
        Assert.Equal(new Uri(store.Address, "blob?signature=1"), Assert.Single(_offers).Location);
    }

    [Fact]
    public async Task A_redirect_that_is_not_allowed_reaches_nobody()
    {
        await using var store = new ModelServer(request => ServedAnswer.File(request, Model));
        await using var hub = new ModelServer(_ => ServedAnswer.Text(302, "", ("Location", $"{store.Address}blob")));

        var error = await Assert.ThrowsAsync<EgressDeniedException>(() =>
            PullAsync(hub, rules: Rules() with { AllowRedirectAsync = (_, _) => Task.CompletedTask }));

        Assert.Equal($"Nothing was sent to '{store.Authority}' (to download a model), because that destination has not been approved.", error.Message);
        Assert.Empty(store.Requests);
        Assert.Empty(Files());
    }

    [Fact]
    public Task A_redirect_to_an_unencrypted_address_is_refused() => RefusedAsync(
        _ => ServedAnswer.Text(301, "", ("Location", "http://example.org/model.gguf")),
        host => $"\"{host}\" redirects \"{Name}\" to \"http://example.org\", which is not encrypted: choose another source with --from.");

    [Fact]
    public Task A_redirect_in_a_circle_is_refused() => RefusedAsync(
        _ => ServedAnswer.Text(301, "", ("Location", "/again")),
        host => $"\"{host}\" redirects \"{Name}\" more than 5 times: choose another source with --from.");

    [Fact]
    public Task A_redirect_to_nowhere_is_refused() => RefusedAsync(
        _ => ServedAnswer.Text(302, ""),
        host => $"\"{host}\" redirects \"{Name}\" to nowhere: choose another source with --from.");

    [Fact]
    public Task A_web_page_is_refused() => RefusedAsync(
        _ => ServedAnswer.Text(200, "<html>Sign in</html>", ("Content-Type", "text/html; charset=utf-8")),
        host => $"\"{host}\" sent a web page instead of \"{Name}\": check the address, or open it with a browser to see what it says.");

    [Fact]
    public Task A_web_page_that_calls_itself_a_file_is_refused() => RefusedAsync(
        request => ServedAnswer.File(request, "<html>Sign in</html>"u8.ToArray()),
        host => $"\"{host}\" sent something that is no GGUF file instead of \"{Name}\": choose another source with --from.");

    [Fact]
    public Task An_absent_file_is_named() => RefusedAsync(
        _ => ServedAnswer.Text(404, "Entry not found"),
        host => $"\"{host}\" has no \"{Name}\" (HTTP 404): choose another variant, or another source with --from.");

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public Task A_gated_file_is_named(int status) => RefusedAsync(
        _ => ServedAnswer.Text(status, "Access to this model is restricted"),
        host => $"\"{host}\" does not give \"{Name}\" to everybody (HTTP {status}): where it is gated, accept its terms there with a browser, and take the file that you get with --from.");

    [Fact]
    public Task Another_refusal_is_named() => RefusedAsync(
        _ => ServedAnswer.Text(418, "I'm a teapot"),
        host => $"\"{host}\" refuses \"{Name}\" (HTTP 418): choose another source with --from.");

    [Fact]
    public Task A_file_of_unknown_size_is_refused() => RefusedAsync(
        _ => new ServedAnswer(200, Model, []),
        host => $"\"{host}\" does not say how large \"{Name}\" is: choose another source with --from.");

    [Fact]
    public Task Another_size_than_published_is_refused() => RefusedAsync(
        request => ServedAnswer.File(request, Model),
        host => $"\"{host}\" announces {Number(Model.Length)} bytes for \"{Name}\", which has {Number(Model.Length + 1)}: choose another source with --from.",
        wanted => wanted with { Bytes = Model.Length + 1 });

    [Fact]
    public Task A_size_far_from_the_rounded_one_is_refused() => RefusedAsync(
        request => ServedAnswer.File(request, Model),
        host => $"\"{host}\" announces {Number(Model.Length)} bytes for \"{Name}\", which has 1,000,000: choose another source with --from.",
        wanted => wanted with { RoundedBytes = 1_000_000 });

    [Fact]
    public Task A_file_larger_than_the_disk_is_refused() => RefusedAsync(
        _ => new ServedAnswer(200, Model, [("Content-Length", "900000000000000000")]),
        _ => null,
        error: ModelError.DiskFull);

    [Fact]
    public async Task A_server_that_always_ends_too_early_is_given_up_and_what_came_is_kept()
    {
        await using var server = new ModelServer(request => request.Range is null
            ? ServedAnswer.File(request, Model) with { StopsAfter = 1000 }
            : ServedAnswer.File(request, Model) with { StopsAfter = 0 });

        var error = await Assert.ThrowsAsync<ModelException>(() => PullAsync(server, rules: Rules() with { Retries = 2 }));

        Assert.Equal(
            (ModelError.Network, $"\"{server.Authority}\" closed the connection while \"{Name}\" was fetched: try again later, and it goes on from there."),
            (error.Error, error.Message));
        Assert.Equal([null, "bytes=1000-", "bytes=1000-"], server.Requests.Select(request => request.Range));
        Assert.Equal([Name + ".part", Name + ".part.json"], Files());
    }

    [Fact]
    public async Task A_server_that_answers_with_another_range_is_refused()
    {
        await using var server = new ModelServer(request => new ServedAnswer(
            206, Model, [("Content-Range", $"bytes 0-{Model.Length - 1}/{Model.Length}"), ("Content-Length", $"{Model.Length}")]));
        await LeavePartAsync(server, 700_000);

        var error = await Assert.ThrowsAsync<ModelException>(() => PullAsync(server));

        Assert.Equal($"\"{server.Authority}\" sent another part of \"{Name}\" than it was asked for: choose another source with --from.", error.Message);
    }

    [Fact]
    public async Task A_server_without_ranges_is_asked_for_the_whole_again()
    {
        var answers = 0;
        await using var server = new ModelServer(request =>
            ServedAnswer.File(request with { Headers = new Dictionary<string, string>() }, Model) with { StopsAfter = answers++ == 0 ? 1000 : null });

        var pin = await PullAsync(server);

        Assert.Equal((Hash, Model.Length), (pin.Sha256, pin.Bytes));
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_after_the_pause_that_it_wants()
    {
        var answers = 0;
        await using var server = new ModelServer(request =>
            answers++ == 0 ? ServedAnswer.Text(429, "", ("Retry-After", "0")) : answers == 2 ? ServedAnswer.Text(503, "") : ServedAnswer.File(request, Model));

        var pin = await PullAsync(server);

        Assert.Equal((Hash, 3), (pin.Sha256, server.Requests.Count));
    }

    [Fact]
    public Task A_server_that_wants_a_long_pause_is_left_alone() => RefusedAsync(
        _ => ServedAnswer.Text(429, "", ("Retry-After", "3600")),
        host => $"\"{host}\" is too busy or has a fault (HTTP 429) while \"{Name}\" was fetched: try again in 60 minutes.");

    [Fact]
    public async Task A_server_that_is_not_there_is_not_tried_again()
    {
        var server = new ModelServer(_ => throw new IOException());
        var wanted = Wanted(server);
        await server.DisposeAsync();

        var error = await Assert.ThrowsAsync<ModelException>(() => PullAsync(server, wanted));

        Assert.Equal(ModelError.Network, error.Error);
        Assert.Equal(
            $"\"{wanted.Source.Authority}\" could not be reached (Connection refused ({wanted.Source.Authority})) while \"{Name}\" was fetched: try again later.", error.Message);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Two_pulls_of_one_file_do_not_write_over_each_other()
    {
        await using var server = new ModelServer(request => ServedAnswer.File(request, Model) with { StopsAfter = 1000, FallsSilent = true });
        using var stop = new CancellationTokenSource();
        var came = new TaskCompletionSource();
        var first = PullAsync(server, progress: new RecordedProgress<ModelProgress>(_ => came.TrySetResult()), cancellationToken: stop.Token);
        await came.Task;

        var error = await Assert.ThrowsAsync<ModelException>(() => PullAsync(server));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal($"Another pai is fetching \"{Name}\": wait until it is done.", error.Message);
    }

    [Fact]
    public async Task A_file_of_this_machine_is_copied_and_verified()
    {
        var source = _folder["elsewhere.gguf"];
        await File.WriteAllBytesAsync(source, Model);

        var pin = await PullAsync(null, new WantedFile(Name, new Uri(source)) { Sha256 = Hash });
        var wrong = await Assert.ThrowsAsync<ModelException>(() =>
            PullAsync(null, new WantedFile("other.gguf", new Uri(source)) { Sha256 = new string('0', 64) }));

        Assert.Equal((Hash, ModelPinSource.Published), (pin.Sha256, pin.Source));
        Assert.Equal(ModelError.Changed, wrong.Error);
        Assert.Equal(["models.json", "models.lock", Name], Files());
        Assert.Equal(Model, await File.ReadAllBytesAsync(source));
    }

    private static byte[] WritePayload()
    {
        using var folder = new ScratchFolder();
        return File.ReadAllBytes(RandomModel.Write(folder[Name], new LlamaShape { Width = 32, Hidden = 64, Layers = 1 }));
    }

    private static string Number(int number) => number.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);

    private static WantedFile Wanted(ModelServer server) => new(Name, new Uri(server.Address, "a/b/resolve/main/" + Name));

    private DownloadRules Rules() => new()
    {
        AllowRedirectAsync = (target, _) =>
        {
            _redirects.Add(target);
            _consent.Allow(target.Authority);
            return Task.CompletedTask;
        },
        AllowBytesAsync = (offer, _) =>
        {
            _offers.Add(offer);
            return Task.CompletedTask;
        },
        FirstPause = TimeSpan.Zero,
    };

    private Task<ModelPin> PullAsync(
        ModelServer? server, WantedFile? wanted = null, IProgress<ModelProgress>? progress = null, DownloadRules? rules = null, CancellationToken cancellationToken = default)
    {
        wanted ??= Wanted(server!);
        if (!wanted.Source.IsFile)
        {
            _consent.Allow(wanted.Source.Authority);
        }

        return new ModelPull(_store, _http, TimeProvider.System, rules ?? Rules()).RunAsync(wanted, progress, cancellationToken);
    }

    private async Task RefusedAsync(
        Func<ServedRequest, ServedAnswer> answer, Func<string, string?> sentence, Func<WantedFile, WantedFile>? wanted = null, ModelError error = ModelError.Network)
    {
        await using var server = new ModelServer(answer);

        var refusal = await Assert.ThrowsAsync<ModelException>(() => PullAsync(server, (wanted ?? (file => file))(Wanted(server))));

        Assert.Equal(error, refusal.Error);
        Assert.Equal(sentence(server.Authority) ?? refusal.Message, refusal.Message);
        Assert.Empty(Files());
    }

    // What an earlier run left: the beginning of the model, and what it is a part of.
    private async Task LeavePartAsync(ModelServer server, int bytes, int? total = null, Uri? source = null)
    {
        Directory.CreateDirectory(_store.Folder);
        var content = new byte[bytes];
        Model.AsSpan(0, Math.Min(bytes, Model.Length)).CopyTo(content);
        await File.WriteAllBytesAsync(Part, content);
        await File.WriteAllTextAsync(
            Part + ".json",
            $$"""{ "source": "{{source ?? Wanted(server).Source}}", "e_tag": "\"one\"", "total_bytes": {{total ?? Model.Length}}, "done_bytes": {{bytes}} }""");
    }

    private string[] Files() => Directory.Exists(_store.Folder)
        ? [.. Directory.GetFiles(_store.Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
        : [];
}
