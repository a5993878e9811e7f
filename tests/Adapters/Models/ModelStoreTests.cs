using System.Security.Cryptography;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Models;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Models;

public sealed class ModelStoreTests : IDisposable
{
    /// <summary>More than one report of progress and more than one read.</summary>
    private const int PartBytes = 5 << 20;

    private readonly ScratchFolder _folder = new();
    private readonly ModelStore _store;
    private readonly AssembledModel _bundled;

    public ModelStoreTests()
    {
        _store = new ModelStore(_folder["models"], _folder["bundle"], TimeProvider.System);
        _bundled = WriteBundle();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string InstalledPath => Path.Combine(_store.Folder, "small-chat.F32.gguf");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_bundled_model_is_assembled_verified_and_pinned()
    {
        var progress = new RecordedProgress<ModelProgress>();

        var path = await _store.InstallAsync(_bundled, progress, Cancellation);

        Assert.Equal((InstalledPath, _bundled.Bytes), (path, new FileInfo(path).Length));
        Assert.Equal(["models.json", "models.lock", "small-chat.F32.gguf"], Directory.GetFiles(_store.Folder).Select(Path.GetFileName).Order());
        Assert.Equal(
            [(4L << 20, ModelStage.Assembling), (8L << 20, ModelStage.Assembling), (_bundled.Bytes, ModelStage.Assembling)],
            progress.Reports.Select(report => (report.DoneBytes, report.Stage)));
        Assert.Equal(ModelPinSource.Bundled, (await _store.CheckAsync(path, cancellationToken: Cancellation)).Pin.Source);
    }

    [Fact]
    public async Task An_installed_model_is_not_made_again()
    {
        await _store.InstallAsync(_bundled, cancellationToken: Cancellation);
        var progress = new RecordedProgress<ModelProgress>();

        await _store.InstallAsync(_bundled, progress, Cancellation);

        Assert.Empty(progress.Reports);
    }

    [Fact]
    public async Task The_models_folder_may_be_deleted()
    {
        await _store.InstallAsync(_bundled, cancellationToken: Cancellation);
        Directory.Delete(_store.Folder, recursive: true);

        var path = await _store.InstallAsync(_bundled, cancellationToken: Cancellation);

        Assert.Equal(_bundled.Bytes, new FileInfo(path).Length);
    }

    [Fact]
    public async Task Two_who_install_at_once_do_it_once()
    {
        var other = new ModelStore(_folder["models"], _folder["bundle"], TimeProvider.System);
        var progress = new RecordedProgress<ModelProgress>();

        await Task.WhenAll(
            Task.Run(() => _store.InstallAsync(_bundled, progress, Cancellation), Cancellation),
            Task.Run(() => other.InstallAsync(_bundled, progress, Cancellation), Cancellation));

        Assert.Equal(3, progress.Reports.Count(report => report.Stage == ModelStage.Assembling));
    }

    [Fact]
    public async Task Who_finds_another_at_work_waits_and_says_so()
    {
        var progress = new RecordedProgress<ModelProgress>();
        Task<string> installation;
        using (await ModelFolderLock.AcquireAsync(_store.Folder, TimeProvider.System, cancellationToken: Cancellation))
        {
            installation = _store.InstallAsync(_bundled, progress, Cancellation);

            Assert.Equal([new ModelProgress("small-chat.F32.gguf", ModelStage.Waiting, 0, 0)], progress.Reports);
        }

        Assert.Equal(InstalledPath, await installation);
    }

    [Fact]
    public async Task An_installation_that_is_cancelled_leaves_nothing_that_counts()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new RecordedProgress<ModelProgress>(_ => cancellation.Cancel());

        await Assert.ThrowsAsync<OperationCanceledException>(() => _store.InstallAsync(_bundled, progress, cancellation.Token));

        Assert.Equal(["models.lock"], Directory.GetFiles(_store.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_a_killed_installation_left_is_replaced()
    {
        Directory.CreateDirectory(_store.Folder);
        await File.WriteAllTextAsync(InstalledPath + ".part", "half a model", Cancellation);

        await _store.InstallAsync(_bundled, cancellationToken: Cancellation);

        Assert.False(File.Exists(InstalledPath + ".part"));
    }

    [Fact]
    public async Task A_damaged_source_is_refused_with_both_hashes()
    {
        FlipByte(Path.Combine(_folder["bundle"], "small-chat", "part2"));

        var error = await Assert.ThrowsAsync<ModelException>(() => _store.InstallAsync(_bundled, cancellationToken: Cancellation));

        Assert.Equal(ModelError.Changed, error.Error);
        Assert.Matches(
            $"^The model file \"small-chat.F32.gguf\" has the SHA-256 [0-9a-f]{{64}} instead of {_bundled.Sha256}: its source is damaged, build the project again\\.$",
            error.Message);
        Assert.False(File.Exists(InstalledPath));
    }

    [Fact]
    public async Task An_absent_source_is_not_found()
    {
        Directory.Delete(_folder["bundle"], recursive: true);

        var error = await Assert.ThrowsAsync<ModelException>(() => _store.InstallAsync(_bundled, cancellationToken: Cancellation));

        var source = Path.Combine(_folder["bundle"], "small-chat");
        Assert.Equal(
            (ModelError.NotFound, $"The source of the model \"small-chat\" is not in \"{source}\": build the project again."), (error.Error, error.Message));
    }

    [Fact]
    public void A_full_disk_is_noticed_before_it_is_full()
    {
        var error = Assert.Throws<ModelException>(() => ModelInstallation.EnsureRoom(_folder.Path, 1L << 60));

        Assert.Equal(ModelError.DiskFull, error.Error);
        Assert.Matches(
            $"^The folder \"{_folder.Path}\" has [0-9]+ MiB free and needs 1099511627840: free some, or choose another models folder\\.$", error.Message);
    }

    [Fact]
    public void A_disk_that_becomes_full_is_told_from_other_failures()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a device that is always full.");
        var full = Assert.Throws<IOException>(() => File.WriteAllText("/dev/full", "a"));

        var error = ModelFileError.Writing(InstalledPath, full);

        Assert.Equal(
            (ModelError.DiskFull, $"The disk became full while \"{InstalledPath}\" was written: free some, or choose another models folder."),
            (error.Error, error.Message));
    }

    [Fact]
    public async Task A_models_folder_that_cannot_be_made_is_named()
    {
        await File.WriteAllTextAsync(_store.Folder, "a file where the folder should be", Cancellation);

        var error = await Assert.ThrowsAsync<ModelException>(() => _store.InstallAsync(_bundled, cancellationToken: Cancellation));

        Assert.Equal(ModelError.Failed, error.Error);
        Assert.StartsWith($"The file \"{Path.Combine(_store.Folder, "models.lock")}\" could not be written (", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("): allow writing it, or choose another models folder.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_trusted_as_it_is_at_its_first_use()
    {
        var path = WriteOwn("own.gguf");
        var progress = new RecordedProgress<ModelProgress>();

        var model = await _store.CheckAsync(path, progress, Cancellation);

        Assert.Equal((ModelPinSource.FirstUse, HashOf(path), "llama"), (model.Pin.Source, model.Pin.Sha256, model.File.Metadata.GetString("general.architecture")));
        Assert.All(progress.Reports, report => Assert.Equal(ModelStage.Hashing, report.Stage));
    }

    [Fact]
    public async Task A_known_file_whose_bytes_changed_is_refused_by_its_hash()
    {
        var path = WriteOwn("own.gguf");
        var before = HashOf(path);
        await _store.CheckAsync(path, cancellationToken: Cancellation);
        FlipByte(path);

        var error = await Assert.ThrowsAsync<ModelException>(() => _store.CheckAsync(path, cancellationToken: Cancellation));

        Assert.Equal(ModelError.Changed, error.Error);
        Assert.Equal(
            $"The model file \"own.gguf\" has the SHA-256 {HashOf(path)} instead of {before}: "
            + "put the right file back (a bundled one comes again when it is deleted), or trust this one with 'pai models pin own'.",
            error.Message);
    }

    [Fact]
    public async Task A_file_that_was_only_touched_stays_trusted()
    {
        var path = WriteOwn("own.gguf");
        var before = (await _store.CheckAsync(path, cancellationToken: Cancellation)).Pin;
        File.SetLastWriteTimeUtc(path, before.Modified.UtcDateTime.AddDays(1));

        var after = (await _store.CheckAsync(path, cancellationToken: Cancellation)).Pin;

        Assert.Equal(before with { Modified = before.Modified.AddDays(1) }, after);
    }

    [Fact]
    public async Task A_changed_file_can_be_pinned_on_purpose()
    {
        var path = WriteOwn("own.gguf");
        await _store.CheckAsync(path, cancellationToken: Cancellation);
        FlipByte(path);

        var pin = await _store.RepinAsync("own", cancellationToken: Cancellation);

        Assert.Equal((ModelPinSource.User, HashOf(path)), (pin.Source, pin.Sha256));
        Assert.Equal(pin, (await _store.CheckAsync(path, cancellationToken: Cancellation)).Pin);
    }

    [Fact]
    public async Task Another_file_under_a_bundled_name_is_refused()
    {
        var path = WriteOwn(BundledModel.Embedding.FileName);

        var error = await Assert.ThrowsAsync<ModelException>(() => _store.CheckAsync(path, cancellationToken: Cancellation));

        Assert.Equal(ModelError.Changed, error.Error);
        Assert.Contains($"instead of {BundledModel.Embedding.Sha256}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_is_not_pinned()
    {
        var path = WriteOwn("own.gguf");
        await File.WriteAllTextAsync(path, "no model", Cancellation);

        await Assert.ThrowsAsync<ModelException>(() => _store.CheckAsync(path, cancellationToken: Cancellation));

        Assert.False(File.Exists(Path.Combine(_store.Folder, "models.json")));
    }

    [Fact]
    public async Task A_later_part_of_a_split_model_is_refused()
    {
        var path = _folder["own-00002-of-00003.gguf"];
        var bytes = RawGguf.Header(0, 2).Key("split.no", 1).Key("split.count", 3).ToArray();
        await File.WriteAllBytesAsync(path, bytes, Cancellation);

        var error = await Assert.ThrowsAsync<ModelException>(() => _store.CheckAsync(path, cancellationToken: Cancellation));

        Assert.Equal(
            (ModelError.Unsupported, "The model file \"own-00002-of-00003.gguf\" is part 2 of 3: name the first, \"own-00001-of-00003.gguf\"."),
            (error.Error, error.Message));
    }

    [Fact]
    public async Task Verifying_reads_every_byte_whatever_the_time_says()
    {
        var whole = WriteOwn("whole.gguf");
        var forged = WriteOwn("forged.gguf");
        var unknown = WriteOwn("unknown.gguf");
        await _store.CheckAsync(whole, cancellationToken: Cancellation);
        var pin = (await _store.CheckAsync(forged, cancellationToken: Cancellation)).Pin;
        FlipByte(forged);
        File.SetLastWriteTimeUtc(forged, pin.Modified.UtcDateTime);

        var results = await _store.VerifyAsync(cancellationToken: Cancellation);

        Assert.Equal(
            [
                new ModelVerification("forged", forged, ModelVerdict.Changed, pin.Sha256, HashOf(forged)),
                new ModelVerification("unknown", unknown, ModelVerdict.Unknown, null, HashOf(unknown)),
                new ModelVerification("whole", whole, ModelVerdict.Unchanged, HashOf(whole), HashOf(whole)),
            ],
            results);
        await Assert.ThrowsAsync<ModelException>(() => _store.CheckAsync(forged, cancellationToken: Cancellation));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"version":1,"models":{"own.gguf":{"bytes":"many"}}}""")]
    public async Task A_damaged_list_of_pins_is_refused_and_left_as_it_is(string json)
    {
        var path = WriteOwn("own.gguf");
        var list = Path.Combine(_store.Folder, "models.json");
        await File.WriteAllTextAsync(list, json, Cancellation);

        var error = await Assert.ThrowsAsync<ModelException>(() => _store.CheckAsync(path, cancellationToken: Cancellation));

        Assert.Equal(ModelError.Corrupt, error.Error);
        Assert.StartsWith($"The list of trusted models \"{list}\" is damaged (", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("): repair it, or delete it to trust each model again at its next use.", error.Message, StringComparison.Ordinal);
        Assert.Equal(json, await File.ReadAllTextAsync(list, Cancellation));
    }

    [Fact]
    public async Task A_newer_list_of_pins_is_refused()
    {
        var path = WriteOwn("own.gguf");
        var list = Path.Combine(_store.Folder, "models.json");
        await File.WriteAllTextAsync(list, """{"version":2,"models":{}}""", Cancellation);

        var error = await Assert.ThrowsAsync<ModelException>(() => _store.CheckAsync(path, cancellationToken: Cancellation));

        Assert.Equal(
            $"The list of trusted models \"{list}\" has version 2, and this program knows 1: use the newer program.", error.Message);
    }

    [Theory]
    [InlineData("Llama-7B.Q4_0.gguf")]
    [InlineData("Llama-7B.Q4_0")]
    [InlineData("llama-7b.q4_0")]
    [InlineData("llama")]
    public void A_model_is_found_by_its_name(string reference)
    {
        var path = WriteOwn("Llama-7B.Q4_0.gguf");
        WriteOwn("tiny.gguf");

        Assert.Equal(path, _store.Resolve(reference));
    }

    [Fact]
    public void A_whole_name_wins_over_a_longer_one()
    {
        var path = WriteOwn("llama.gguf");
        WriteOwn("llama-large.gguf");

        Assert.Equal(path, _store.Resolve("llama"));
    }

    [Fact]
    public void A_bundled_models_name_leads_to_its_file()
    {
        var path = WriteOwn(BundledModel.Starter.FileName);
        WriteOwn("tinyllama-1.1b-chat.Q8_0.gguf");

        Assert.Equal(path, _store.Resolve("tinyllama-1.1b-chat"));
    }

    [Fact]
    public void A_path_leads_to_a_file_anywhere()
    {
        var path = _folder["elsewhere.gguf"];
        File.WriteAllBytes(path, []);

        Assert.Equal(path, _store.Resolve(path));
    }

    [Fact]
    public void A_name_that_fits_several_is_refused_with_them()
    {
        WriteOwn("llama-7b.gguf");
        WriteOwn("llama-13b.gguf");

        var error = Assert.Throws<ModelException>(() => _store.Resolve("llama"));

        Assert.Equal(
            (ModelError.NotFound, "The model \"llama\" could be \"llama-13b\", \"llama-7b\": write more of its name."), (error.Error, error.Message));
    }

    [Fact]
    public void A_name_that_fits_none_is_refused_with_what_there_is()
    {
        WriteOwn("llama-7b.gguf");

        var error = Assert.Throws<ModelException>(() => _store.Resolve("mistral"));

        Assert.Equal("There is no model \"mistral\": choose from \"llama-7b\", or give the path of a .gguf file.", error.Message);
    }

    [Fact]
    public void Without_models_no_name_fits()
    {
        var error = Assert.Throws<ModelException>(() => _store.Resolve("mistral"));

        Assert.Equal(
            $"There is no model \"mistral\", and the folder \"{_store.Folder}\" has none: give the path of a .gguf file.", error.Message);
    }

    [Fact]
    public async Task Every_model_is_listed_the_damaged_ones_too()
    {
        var path = WriteOwn("a.gguf");
        var damaged = WriteOwn("b.gguf");
        await File.WriteAllBytesAsync(damaged, [], Cancellation);
        await _store.CheckAsync(path, cancellationToken: Cancellation);

        var models = _store.List();

        Assert.Equal(
            [
                new ModelEntry("a", path, new FileInfo(path).Length, "llama", "F32", HashOf(path), IsBundled: false, Problem: null) { Trust = ModelTrust.Pinned },
                new ModelEntry(
                    "b", damaged, 0, null, null, null, IsBundled: false, "The model file \"b.gguf\" is empty: replace it with a whole copy."),
            ],
            models);
    }

    private static void FlipByte(string path)
    {
        using var file = File.Open(path, FileMode.Open);
        file.Position = file.Length - 1;
        var last = file.ReadByte();
        file.Position = file.Length - 1;
        file.WriteByte((byte)~last);
    }

    private static string HashOf(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private string WriteOwn(string name)
    {
        Directory.CreateDirectory(_store.Folder);
        var path = Path.Combine(_store.Folder, name);
        WriteModel(path, numbers: 8);
        return path;
    }

    private static void WriteModel(string path, int numbers)
    {
        var writer = new GgufWriter();
        writer.Add("general.architecture", "llama");
        writer.AddTensor("weight", GgmlType.F32, [numbers], (tensor, output) => output.Write(new byte[tensor.Bytes]));
        using var file = File.Create(path);
        writer.WriteTo(file);
    }

    /// <summary>A small model in two parts, as setup brings the starter along.</summary>
    private AssembledModel WriteBundle()
    {
        var source = Directory.CreateDirectory(Path.Combine(_folder["bundle"], "small-chat")).FullName;
        WriteModel(Path.Combine(source, "whole"), 2 * PartBytes / sizeof(float));
        var whole = File.ReadAllBytes(Path.Combine(source, "whole"));
        File.WriteAllBytes(Path.Combine(source, "part1"), whole[..PartBytes]);
        File.WriteAllBytes(Path.Combine(source, "part2"), whole[PartBytes..]);
        return new AssembledModel("part1", "part2")
        {
            Name = "small-chat",
            FileName = "small-chat.F32.gguf",
            Bytes = whole.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(whole)),
        };
    }
}
