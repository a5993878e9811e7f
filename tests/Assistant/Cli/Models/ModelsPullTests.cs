using System.Security.Cryptography;
using System.Text.Json;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Models;

public sealed class ModelsPullTests : ModelsTest
{
    private const string Licence = "Llama 2 Community License";

    private static readonly Lazy<byte[]> Payload = new(() =>
    {
        using var folder = new ScratchFolder();
        return File.ReadAllBytes(RandomModel.Write(folder["model.gguf"], new LlamaShape { Width = 32, Hidden = 64, Layers = 1 }));
    });

    private static byte[] Model => Payload.Value;

    private static string Hash => Convert.ToHexStringLower(SHA256.HashData(Model));

    [Fact]
    public async Task A_model_of_the_catalogue_comes_from_a_mirror_and_answers()
    {
        WriteCatalogue();
        await using var mirror = new ModelServer(request => ServedAnswer.File(request, Model));

        var pulled = await Pai.RunAsync("models", "pull", "tiny", "--from", $"{mirror.Address}hub", "--yes");
        var again = await Pai.RunAsync("models", "pull", "tiny:Q4_K_M", "--json");
        var answered = await Pai.RunAsync("ask", "--raw", "Hello", "--model", "tiny.Q4_K_M", "--max-tokens", "2", "--context", "256", "--threads", "1");

        Assert.Equal((0, $"'tiny.Q4_K_M.gguf' is here, with the SHA-256 {Hash} (as its publisher says).\n"), (pulled.ExitCode, pulled.Output));
        Assert.Equal(
            $"""
            model    tiny:Q4_K_M
            from     {mirror.Authority}
            file     tiny.Q4_K_M.gguf
            size     {Model.Length / 1e6:0.0} MB
            sha256   {Hash}
            licence  Apache License 2.0, https://www.apache.org/licenses/LICENSE-2.0
            'tiny.Q4_K_M.gguf' comes: {Model.Length / 1e6:0.0} MB.
            Fetching tiny.Q4_K_M.gguf ({Model.Length / 1e6:0.0} MB) ...
            Fetching tiny.Q4_K_M.gguf: {Model.Length / 1e6:0.0} MB in
            """,
            pulled.Error[..pulled.Error.LastIndexOf(" in ", StringComparison.Ordinal)] + " in");
        Assert.Equal("/hub/some/tiny-GGUF/resolve/main/tiny.Q4_K_M.gguf", Assert.Single(mirror.Requests).Path);
        Assert.Equal(Hash, JsonDocument.Parse(again.Output).RootElement[0].GetProperty("sha256").GetString());
        Assert.Equal((0, true), (answered.ExitCode, answered.Output.Length > 1));
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_nothing_is_asked_of_the_network()
    {
        WriteCatalogue();
        await using var mirror = new ModelServer(request => ServedAnswer.File(request, Model));

        var result = await Pai.RunAsync("models", "pull", "tiny", "--from", $"{mirror.Address}");

        Assert.Equal((3, ""), (result.ExitCode, result.Output));
        Assert.EndsWith($"pai: Nobody can be asked here whether to fetch 'tiny:Q4_K_M' from '{mirror.Authority}'; give --yes to allow it.\n", result.Error, StringComparison.Ordinal);
        Assert.Empty(mirror.Requests);
    }

    [Fact]
    public async Task The_hub_itself_is_not_reached_without_consent_either()
    {
        var result = await Pai.RunAsync("models", "pull", "mistral-7b-instruct");

        Assert.Equal(3, result.ExitCode);
        Assert.EndsWith("whether to fetch 'mistral-7b-instruct:Q4_K_M' from 'huggingface.co'; give --yes to allow it.\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_licence_is_accepted_by_name_and_recorded_once()
    {
        WriteCatalogue();
        await using var mirror = new ModelServer(request => ServedAnswer.File(request, Model));
        string[] pull = ["models", "pull", "lama", "--from", $"{mirror.Address}", "--yes"];

        var unasked = await Pai.RunAsync(pull);
        var wrong = await Pai.RunAsync([.. pull, "--accept-licence", "MIT"]);
        var requests = mirror.Requests.Count;
        var accepted = await Pai.RunAsync([.. pull, "--accept-licence", Licence]);
        File.Delete(Path.Combine(Folder, "lama.Q4_K_M.gguf"));
        var second = await Pai.RunAsync(pull);

        Assert.EndsWith(
            $"pai: Nobody can be asked here whether the licence of 'lama:Q4_K_M' is accepted; read it at https://ai.meta.com/llama/license/, and give --accept-licence '{Licence}'.\n",
            unasked.Error,
            StringComparison.Ordinal);
        Assert.EndsWith($"pai: 'MIT' is not the name of the licence of 'lama:Q4_K_M', which is '{Licence}', so it is not accepted and nothing was fetched.\n", wrong.Error, StringComparison.Ordinal);
        Assert.Equal((3, 3, 0, 0, 0), (unasked.ExitCode, wrong.ExitCode, requests, accepted.ExitCode, second.ExitCode));
        var record = Assert.Single(JsonDocument.Parse(Pai.Read("models/licences.json")).RootElement.EnumerateArray());
        Assert.Equal(("llama-2", Licence, "lama:Q4_K_M", 64), (Text(record, "licence"), Text(record, "name"), Text(record, "model"), Text(record, "shown_sha256")!.Length));
        Assert.True(record.GetProperty("accepted_at").TryGetDateTimeOffset(out _));
    }

    [Fact]
    public async Task A_redirect_to_a_host_that_was_not_named_is_refused()
    {
        WriteCatalogue();
        await using var elsewhere = new ModelServer(request => ServedAnswer.File(request, Model));
        await using var mirror = new ModelServer(_ => ServedAnswer.Text(302, "", ("Location", $"{elsewhere.Address}blob")));
        string[] pull = ["models", "pull", "tiny", "--from", $"{mirror.Address}", "--yes"];

        var refused = await Pai.RunAsync(pull);
        var requests = elsewhere.Requests.Count;
        var allowed = await Pai.RunAsync([.. pull, "--allow-host", elsewhere.Authority]);

        Assert.Equal((3, 0), (refused.ExitCode, requests));
        Assert.EndsWith(
            $"pai: The download is redirected to '{elsewhere.Authority}', which you did not name; give --allow-host {elsewhere.Authority} to allow it.\n", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, allowed.ExitCode);
        Assert.Contains($"'tiny.Q4_K_M.gguf' comes from '{elsewhere.Authority}': ", allowed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another hash", 4)]
    [InlineData("not found", 8)]
    [InlineData("too large", 7)]
    public async Task What_goes_wrong_has_its_exit_code_and_one_sentence(string what, int code)
    {
        WriteCatalogue();
        await using var mirror = new ModelServer(request => what switch
        {
            "another hash" => ServedAnswer.File(request, [.. Model[..^1], (byte)~Model[^1]]),
            "not found" => ServedAnswer.Text(404, "Not found"),
            _ => new ServedAnswer(200, Model, [("Content-Length", "900000000000000000")]),
        });

        var result = await Pai.RunAsync("models", "pull", what == "too large" ? "open" : "tiny", "--from", $"{mirror.Address}", "--yes");

        Assert.Equal((code, ""), (result.ExitCode, result.Output));
        Assert.Matches("pai: [^\n]+\\.\n$", result.Error);
        Assert.Empty(Directory.GetFiles(Folder, "*.gguf*"));
    }

    [Fact]
    public async Task A_model_that_the_catalogue_does_not_know_comes_by_the_address_of_its_file()
    {
        await using var server = new ModelServer(request => ServedAnswer.File(request, Model));

        var result = await Pai.RunAsync("models", "pull", "my-own", "--from", $"{server.Address}files/x.gguf?download=true", "--yes");

        Assert.Equal((0, $"'my-own.gguf' is here, with the SHA-256 {Hash} (pinned now).\n"), (result.ExitCode, result.Output));
        Assert.Contains("licence  not known: find out what its publisher allows\n", result.Error, StringComparison.Ordinal);
        Assert.Equal("/files/x.gguf?download=true", Assert.Single(server.Requests).Path);
    }

    [Fact]
    public async Task A_folder_of_this_machine_is_a_source_too()
    {
        WriteCatalogue();
        var folder = Path.Combine(Pai.Data, "usb", "some", "tiny-GGUF");
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, "tiny.Q4_K_M.gguf"), Model);

        var result = await Pai.RunAsync("models", "pull", "tiny", "--from", Path.Combine(Pai.Data, "usb"), "--yes");
        var absent = await Pai.RunAsync("models", "pull", "open", "--from", Path.Combine(Pai.Data, "usb"), "--yes");

        Assert.Equal((0, $"'tiny.Q4_K_M.gguf' is here, with the SHA-256 {Hash} (as its publisher says).\n"), (result.ExitCode, result.Output));
        Assert.Equal(
            new PaiResult(2, "", $"pai: The folder '{Path.Combine(Pai.Data, "usb")}' has neither 'open.Q8_0.gguf' nor 'some/open-GGUF/resolve/main/open.Q8_0.gguf'.\n"), absent);
    }

    [Fact]
    public async Task Another_file_of_that_name_is_not_taken_for_the_model()
    {
        WriteCatalogue();
        WriteFile("tiny.Q4_K_M.gguf", [.. Model[..^1], (byte)~Model[^1]]);

        var result = await Pai.RunAsync("models", "pull", "tiny", "--yes");

        Assert.Equal(4, result.ExitCode);
        Assert.EndsWith($" instead of {Hash}: delete it with 'pai models rm tiny.Q4_K_M', then pull it again.\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lama-2-13b-chat", "The catalogue has no model 'lama-2-13b-chat'; did you mean 'llama-2-13b-chat'?")]
    [InlineData("llama-2-13b:Q9", "'llama-2-13b' has no variant 'Q9'; there are Q4_K_M, Q4_K_S, Q5_K_M.")]
    [InlineData("llama-2-13b --from http://example.org", "'http://example.org' is not encrypted: --from takes an address that begins with https://, or a folder or file of this machine.")]
    [InlineData("llama-2-13b --from https://me:secret@example.org", "--from takes no name or password in an address: pai signs in nowhere.")]
    [InlineData("llama-2-13b --from ./nowhere", "'./nowhere' is neither an address that begins with https:// nor a folder or file of this machine.")]
    public async Task A_wrong_name_or_source_is_one_sentence(string arguments, string sentence)
    {
        var result = await Pai.RunAsync(["models", "pull", .. arguments.Split(' '), "--yes"]);

        Assert.Equal(new PaiResult(2, "", $"pai: {sentence}\n"), result);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private void WriteCatalogue() => Pai.Write(
        "catalogue.yaml",
        $$"""
        models:
          tiny:
            repository: some/tiny-GGUF
            licence: apache-2.0
            variants:
              Q4_K_M: { file: tiny.Q4_K_M.gguf, bytes: {{Model.Length}}, sha256: {{Hash}} }
          lama:
            repository: some/lama-GGUF
            licence: llama-2
            variants:
              Q4_K_M: { file: lama.Q4_K_M.gguf, bytes: {{Model.Length}} }
          open:
            repository: some/open-GGUF
            licence: mit
            variants:
              Q8_0: { file: open.Q8_0.gguf }
        """);
}
