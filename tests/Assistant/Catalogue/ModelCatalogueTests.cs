using PersonalAi.Assistant;
using PersonalAi.Assistant.Catalogue;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Catalogue;

public sealed class ModelCatalogueTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private static string Shipped => ModelCatalogue.ShippedFile;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_reference_model_is_known_with_its_published_facts()
    {
        var catalogue = ModelCatalogue.Load(Shipped, _folder["none.yaml"]);

        var model = catalogue.Get("Llama-2-13B-Chat");
        var variant = ModelCatalogue.Variant(model, tag: null);

        Assert.Equal(("Llama 2", "TheBloke/Llama-2-13B-chat-GGUF", 4096, "llama-2"), (model.Family, model.Repository, model.Context, model.Template));
        Assert.Equal(("Llama 2 Community License", true), (model.Licence.Name, model.Licence.MustBeAccepted));
        Assert.Equal(("Q4_K_M", "llama-2-13b-chat.Q4_K_M.gguf", null, 7_870_000_000L), (variant.Tag, variant.File, variant.Bytes, variant.RoundedBytes));
        Assert.Equal(["7ddfe27f61bf994542c22aca213c46ecbd8a624cca74abff02a7b5a8c18f787f"], variant.Sha256);
        Assert.Equal(new Uri("https://huggingface.co"), catalogue.Hub);
    }

    [Fact]
    public void Every_shipped_entry_is_complete_and_no_hash_stands_twice()
    {
        var catalogue = ModelCatalogue.Load(Shipped, _folder["none.yaml"]);

        var variants = catalogue.Models.SelectMany(model => model.Variants).ToList();
        var hashes = variants.SelectMany(variant => variant.Sha256).ToList();

        Assert.All(catalogue.Models, model => Assert.NotNull(model.Family));
        Assert.Equal(variants.Count, variants.Select(variant => variant.File).Distinct().Count());
        Assert.Equal(hashes.Count, hashes.Distinct().Count());
        Assert.All(catalogue.Models, model => Assert.NotNull(ModelCatalogue.Variant(model, tag: null)));
    }

    [Fact]
    public void The_users_file_adds_models_and_variants_and_wins()
    {
        var user = Write(
            """
            hub: https://mirror.example.org/models
            models:
              llama-2-13b:
                context: 2048
                variants:
                  Q4_K_M: { file: mine.gguf, bytes: 12 }
                  Q8_0: { file: llama-2-13b.Q8_0.gguf }
              own:
                repository: me/own
                licence: mine
                variants:
                  F16: { file: own-00001-of-00002.gguf, gb: 1.5 }
            licences:
              mine: { name: My Licence, accept: true }
            """);

        var catalogue = ModelCatalogue.Load(Shipped, user);

        var changed = catalogue.Get("llama-2-13b");
        Assert.Equal(("TheBloke/Llama-2-13B-GGUF", 2048), (changed.Repository, changed.Context));
        Assert.Equal(["Q4_K_M", "Q4_K_S", "Q5_K_M", "Q8_0"], changed.Variants.Select(variant => variant.Tag));
        Assert.Equal(("mine.gguf", 12L, 0), (changed.Variants[0].File, changed.Variants[0].Bytes, changed.Variants[0].Sha256.Length));
        var own = catalogue.Get("own");
        Assert.Equal(["own-00001-of-00002.gguf", "own-00002-of-00002.gguf"], ModelCatalogue.Variant(own, tag: null).Files);
        Assert.True(own.Licence.MustBeAccepted);
        Assert.Equal(new Uri("https://mirror.example.org/models"), catalogue.Hub);
        Assert.Equal(changed, catalogue.OfFile("llama-2-13b.Q8_0.gguf"));
    }

    [Theory]
    [InlineData("models:\n  a: { repository: b }", 2, "'b' is not allowed for 'repository', which takes owner/name.")]
    [InlineData("models:\n  a:\n    repository: a/b\n    licence: gpl", 4, "'gpl' is not one of the licences of the catalogue (llama-2, apache-2.0, mit).")]
    [InlineData("models:\n  a:\n    repository: a/b\n    licence: mit", 2, "'a' has no 'variants'.")]
    [InlineData("models:\n  a:\n    variants:\n      X: { file: ../../etc/x.gguf }", 4, "'../../etc/x.gguf' is not allowed for 'file', which takes the name of a .gguf file, without a folder.")]
    [InlineData("models:\n  a:\n    variants:\n      X: { file: x.gguf, sha256: abc }", 4, "'abc' is not allowed for 'sha256', which takes 64 hexadecimal digits.")]
    [InlineData("models:\n  a:\n    variants:\n      X: { file: x.gguf, bytes: -1 }", 4, "'-1' is not allowed for 'bytes', which takes a whole number from 1 on.")]
    [InlineData("models:\n  a:\n    variants:\n      X: { file: x.gguf, gb: much }", 4, "'much' is not allowed for 'gb', which takes a number like 7.87.")]
    [InlineData("models:\n  a:\n    variants:\n      X: {}", 4, "'X' has no 'file'.")]
    [InlineData("modells: {}", 1, "'modells' is not a key of a catalogue; did you mean 'models'?")]
    [InlineData("hub: http://example.org", 1, "'http://example.org' is not allowed for 'hub', which takes an address that begins with https://.")]
    [InlineData("licences:\n  x: { name: X, accept: maybe }", 2, "'maybe' is not allowed for 'accept', which takes true or false.")]
    [InlineData("models: [a]", 1, "'models' is a section: put its entries on lines below it, indented.")]
    [InlineData("models:\n  a: b", 2, "This is not a section: put its values on lines below it, indented.")]
    public void A_broken_file_of_the_users_is_named_with_line_and_reason(string text, int line, string reason)
    {
        var user = Write(text);

        var error = Assert.Throws<UsageException>(() => ModelCatalogue.Load(Shipped, user));

        Assert.Equal($"{user}:{line}: {reason}", error.Message);
    }

    [Fact]
    public void An_empty_file_of_the_users_changes_nothing()
    {
        var user = Write("# models:\n");

        Assert.Equal(ModelCatalogue.Load(Shipped, _folder["none.yaml"]).Models.Length, ModelCatalogue.Load(Shipped, user).Models.Length);
    }

    private string Write(string text)
    {
        File.WriteAllText(_folder["catalogue.yaml"], text);
        return _folder["catalogue.yaml"];
    }
}
