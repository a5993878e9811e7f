using PersonalAi.Adapters;
using PersonalAi.Adapters.Engines;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Download;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Engines;

public sealed class EngineInstallerTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly EgressConsent _consent = new(EgressPurpose.EngineDownload, "a test");
    private readonly HttpClient _http;
    private readonly EngineStore _store;
    private readonly List<DownloadOffer> _offers = [];

    public EngineInstallerTests()
    {
        _http = Gates.Open().CreateClient(_consent);
        _store = new EngineStore(_folder["models"]);
    }

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_archive_of_this_machine_gives_its_libraries_and_its_licence()
    {
        var packed = PackedEngine.Whole();
        var build = BuildOf(packed);

        await InstallAsync(build, Save(packed));

        string[] files = ["LICENSE", "libggml-base.so", "libggml-vulkan.so", "libggml.vulkan.v1.so", "libllama.vulkan.v1.so"];
        Assert.Equal(_folder["models/engines/vulkan-1.2.3"], _store.FolderOf(build));
        Assert.Equal(files, FilesIn(_store.FolderOf(build)));
        Assert.Equal("this is bins/linux-x64-vulkan/libggml-vulkan.so", await File.ReadAllTextAsync(Path.Combine(_store.FolderOf(build), "libggml-vulkan.so")));
        Assert.Equal(["models.lock", "vulkan-1.2.3"], FilesIn(_store.Folder));
    }

    [Fact]
    public async Task A_second_package_adds_its_files()
    {
        var (first, second) = (PackedEngine.Whole(), PackedEngine.Of("@scope/ext", PackedEngine.Entry("LICENSE"), PackedEngine.Entry("bins/linux-x64-vulkan/fallback/libggml-cuda.so")));
        var build = BuildOf(first, second);

        await InstallAsync(build, Save(first, "one.tgz"), Save(second, "two.tgz"));

        Assert.Equal(["libggml-cuda.so"], FilesIn(Path.Combine(_store.FolderOf(build), "fallback")));
        Assert.True(_store.Has(build));
    }

    [Fact]
    public async Task A_registry_is_gone_on_with_where_the_connection_was_lost()
    {
        var packed = PackedEngine.Whole();
        await using var server = new ModelServer(request => ServedAnswer.File(request, packed.Bytes) with { StopsAfter = request.Range is null ? 1000 : null });
        _consent.Allow(server.Authority);
        var build = BuildOf(packed);

        await InstallAsync(build, new Uri(server.Address, "/@scope/linux-x64-vulkan/-/linux-x64-vulkan-1.2.3.tgz"));

        Assert.True(_store.Has(build));
        Assert.Equal([null, "bytes=1000-"], server.Requests.Select(request => request.Range));
        Assert.All(server.Requests, request => Assert.Equal("/@scope/linux-x64-vulkan/-/linux-x64-vulkan-1.2.3.tgz", request.Path));
        Assert.Equal(("linux-x64-vulkan-1.2.3.tgz", packed.Bytes.Length), (_offers[0].FileName, _offers[0].Bytes));
        Assert.Equal(["models.lock", "vulkan-1.2.3"], FilesIn(_store.Folder));
    }

    [Fact]
    public async Task Nothing_is_fetched_without_consent()
    {
        var packed = PackedEngine.Whole();
        await using var server = new ModelServer(request => ServedAnswer.File(request, packed.Bytes));

        var error = await Assert.ThrowsAsync<EgressDeniedException>(() => InstallAsync(BuildOf(packed), server.Address));

        Assert.Equal($"Nothing was sent to '{server.Authority}' (to download an engine), because that destination has not been approved.", error.Message);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Other_bytes_of_the_same_size_are_thrown_away()
    {
        var packed = PackedEngine.Whole();
        var forged = packed.Bytes.ToArray();
        forged[^20]++;
        await using var server = new ModelServer(request => ServedAnswer.File(request, forged));
        _consent.Allow(server.Authority);

        var error = await Assert.ThrowsAsync<ModelException>(() => InstallAsync(BuildOf(packed), server.Address));

        Assert.Equal(ModelError.Changed, error.Error);
        Assert.Matches($"^The package \"@scope/linux-x64-vulkan\" has the hash sha512-[^ ]+ instead of {RegexOf(packed)}: it was not installed, choose another source with --from\\.$", error.Message);
        Assert.Equal(["models.lock"], FilesIn(_store.Folder));
    }

    [Fact]
    public async Task A_web_page_in_place_of_an_archive_is_refused_at_its_first_bytes()
    {
        var packed = PackedEngine.Whole();
        await using var server = new ModelServer(request => ServedAnswer.File(request, new byte[packed.Bytes.Length]));
        _consent.Allow(server.Authority);

        var error = await Assert.ThrowsAsync<ModelException>(() => InstallAsync(BuildOf(packed), server.Address));

        Assert.Equal(
            $"\"{server.Authority}\" sent something that is no gzip file instead of \"linux-x64-vulkan-1.2.3.tgz\": choose another source with --from.", error.Message);
    }

    [Theory]
    [InlineData("../../../../evil.so", "leaves the folder")]
    [InlineData("bins/linux-x64/..\\evil.so", "leaves the folder")]
    [InlineData("C:evil.so", "leaves the folder")]
    public async Task A_file_that_leaves_the_folder_is_refused(string path, string reason)
    {
        var packed = PackedEngine.Of("@scope/evil", PackedEngine.Entry(path));

        var error = await Assert.ThrowsAsync<ModelException>(() => InstallAsync(BuildOf(packed), Save(packed)));

        Assert.Equal((ModelError.Corrupt, $"The package \"@scope/evil\" holds \"package/{path}\", which {reason}: it was not installed, choose another source with --from."), (error.Error, error.Message));
        Assert.Equal(["models.lock"], FilesIn(_store.Folder));
    }

    [Fact]
    public async Task A_link_is_refused_and_nothing_is_left()
    {
        var packed = PackedEngine.Of("@scope/evil", PackedEngine.Entry("bins/a/liba.so"), PackedEngine.Link("bins/a/libb.so", "/etc/passwd"));

        var error = await Assert.ThrowsAsync<ModelException>(() => InstallAsync(BuildOf(packed), Save(packed)));

        Assert.Equal("The package \"@scope/evil\" holds \"package/bins/a/libb.so\", which is a link or a device: it was not installed, choose another source with --from.", error.Message);
        Assert.Equal(["models.lock"], FilesIn(_store.Folder));
    }

    [Fact]
    public async Task What_is_no_archive_cannot_be_unpacked()
    {
        var packed = PackedEngine.Whole();
        var torn = packed.Bytes[..(packed.Bytes.Length / 2)];
        var path = _folder["torn.tgz"];
        await File.WriteAllBytesAsync(path, torn);
        var package = packed.Package with { Integrity = $"sha512-{Convert.ToBase64String(System.Security.Cryptography.SHA512.HashData(torn))}" };

        var error = await Assert.ThrowsAsync<ModelException>(() => InstallAsync(BuildOf(packed) with { Packages = [package] }, new Uri(path)));

        Assert.Equal(ModelError.Corrupt, error.Error);
        Assert.Equal(["models.lock"], FilesIn(_store.Folder));
    }

    [Fact]
    public async Task What_is_installed_is_not_asked_for_again()
    {
        var packed = PackedEngine.Whole();
        await InstallAsync(BuildOf(packed), Save(packed));

        await InstallAsync(BuildOf(packed), new Uri(_folder["nowhere.tgz"]));

        Assert.Empty(_offers);
    }

    private static EngineBuild BuildOf(params PackedEngine[] packed) =>
        new("linux-x64", EngineBackend.Vulkan, "1.2.3", [.. packed.Select(part => part.Package)]);

    private static string RegexOf(PackedEngine packed) => System.Text.RegularExpressions.Regex.Escape(packed.Package.Integrity);

    private static IEnumerable<string?> FilesIn(string folder) => Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private Uri Save(PackedEngine packed, string name = "package.tgz")
    {
        File.WriteAllBytes(_folder[name], packed.Bytes);
        return new Uri(_folder[name]);
    }

    private Task InstallAsync(EngineBuild build, params Uri[] sources)
    {
        var rules = new DownloadRules
        {
            AllowRedirectAsync = (_, _) => throw new InvalidOperationException("Nothing redirects here."),
            AllowBytesAsync = (offer, _) =>
            {
                _offers.Add(offer);
                return Task.CompletedTask;
            },
            FirstPause = TimeSpan.FromMilliseconds(1),
        };
        return new EngineInstaller(_store, _http, TimeProvider.System, rules).InstallAsync(build, [.. sources], new RecordedProgress<ModelProgress>());
    }
}
