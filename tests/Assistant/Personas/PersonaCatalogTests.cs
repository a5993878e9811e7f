using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Personas;
using Xunit;

namespace PersonalAi.Tests.Assistant.Personas;

public sealed class PersonaCatalogTests : IDisposable
{
    private const string Good = "---\ndescription: Mine\n---\nBe good.\n";

    private readonly PaiSandbox _pai = new();

    public void Dispose() => _pai.Dispose();

    [Fact]
    public void Every_shipped_persona_reads_and_is_short_enough_for_a_small_window()
    {
        var catalog = PersonaCatalog.Load(PersonaCatalog.ShippedFolder, _pai.Data);

        Assert.Empty(catalog.Problems);
        Assert.Equal(["coder", "concise", "default", "tutor", "writer"], catalog.All.Select(persona => persona.Name));
        // English is about four and a half characters a token: 360 are 80 tokens of a window of 4,096.
        Assert.InRange(catalog.Get("default").Instructions.Length, 1, 360);
        Assert.All(catalog.All, persona => Assert.InRange(persona.Instructions.Length, 1, 450));
    }

    [Fact]
    public void A_file_adds_a_persona_with_everything_it_chooses()
    {
        var file = _pai.Write("personas/reviewer.md", """
            ---
            description: Reviews code
            model: llama-2-7b-chat
            sampling:
              temperature: 0.1
            tools: [files, clock]
            privacy: ask
            ---

            # Review

            Find what is wrong.
            """);

        var persona = Load().Get("reviewer");

        Assert.Equal(("reviewer", "Reviews code", file, PersonaPrivacy.Ask), (persona.Name, persona.Description, persona.File, persona.Privacy));
        Assert.Equal("# Review\n\nFind what is wrong.", persona.Instructions);
        Assert.Equal(["files", "clock"], persona.Tools);
        Assert.Equal(
            [("model.name", "llama-2-7b-chat", $"{file}:3"), ("sampling.temperature", "0.1", $"{file}:5")],
            persona.Choices.Select(choice => (choice.Setting.Name, choice.Text, choice.Origin.ToString())));
    }

    [Fact]
    public void A_persona_of_the_users_takes_the_place_of_the_shipped_one()
    {
        _pai.Write("personas/coder.md", Good);

        Assert.Equal("Be good.", Load().Get("coder").Instructions);
    }

    [Theory]
    [InlineData("Be good.", "1: A persona starts with a line '---', then its description as YAML, then a line '---'.")]
    [InlineData("---\ndescription: x\nBe good.", "1: The front matter that starts here has no closing line '---'.")]
    [InlineData("---\n---\nBe good.", "1: The front matter is empty: give at least a description.")]
    [InlineData("---\ntools: []\n---\nBe good.", "1: The front matter has no 'description'.")]
    [InlineData("---\ndescription: x\n---\n\n", "3: There are no instructions after the front matter.")]
    [InlineData("---\ndescription: x\nsampling:\n  temprature: 1\n---\nBe good.", "4: 'sampling.temprature' is not a setting; did you mean 'sampling.temperature'?")]
    [InlineData("---\ndescription: x\nsampling:\n  temperature: 9\n---\nBe good.", "4: '9' is not allowed for 'sampling.temperature', which takes a number from 0 to 2.")]
    [InlineData("---\ndescription: x\nsampling: warm\n---\nBe good.", "3: 'sampling' is a section: put its settings on lines below it, indented.")]
    [InlineData("---\ndescripton: x\n---\nBe good.", "2: 'descripton' is not a key of a persona; did you mean 'description'?")]
    [InlineData("---\ndescription: x\ntools: all\n---\nBe good.", "3: 'tools' takes a list of names, for example [calculator, clock].")]
    [InlineData("---\ndescription: x\nprivacy: open\n---\nBe good.", "3: 'open' is not allowed for 'privacy', which takes local or ask.")]
    [InlineData("---\ndescription: [x\n---\nBe good.", "2: This is not YAML: While parsing a flow sequence, did not find expected ',' or ']'.")]
    public void A_broken_file_is_named_with_line_and_reason_and_the_others_still_work(string text, string problem)
    {
        _pai.Write("personas/good.md", Good);
        var file = _pai.Write("personas/broken.md", text);

        var catalog = Load();

        Assert.Equal("Be good.", catalog.Get("good").Instructions);
        Assert.Equal([new PersonaProblem("broken", $"{file}:{problem}")], catalog.Problems);
    }

    [Fact]
    public async Task A_broken_file_is_told_beside_the_list_and_refused_by_name()
    {
        var file = _pai.Write("personas/coder.md", "Be good.");
        var sentence = $"pai: {file}:1: A persona starts with a line '---', then its description as YAML, then a line '---'.\n";

        var list = await _pai.RunAsync("personas");
        var show = await _pai.RunAsync("personas", "show", "coder");

        Assert.Equal((0, sentence), (list.ExitCode, list.Error));
        Assert.DoesNotContain("coder", list.Output, StringComparison.Ordinal);
        Assert.Equal(new PaiResult(2, "", sentence), show);
    }

    [Fact]
    public async Task List_and_show_print_the_same_personas_as_text_and_as_json()
    {
        GoldenFile.Matches("personas.txt", (await _pai.RunAsync("personas")).Output);
        GoldenFile.Matches("personas-show-coder.txt", Portable((await _pai.RunAsync("personas", "show", "coder")).Output));
        GoldenFile.Matches("personas-show-coder.json", Portable((await _pai.RunAsync("personas", "show", "coder", "--json")).Output));
    }

    [Fact]
    public async Task Path_makes_the_folder_for_ones_own_personas()
    {
        var result = await _pai.RunAsync("personas", "path");

        var folder = Path.Combine(_pai.Data, "personas");
        Assert.Equal(new PaiResult(0, $"{folder}\n", ""), result);
        Assert.True(Directory.Exists(folder));
    }

    private static string Portable(string text) => text.Replace(AppContext.BaseDirectory, "APP/", StringComparison.Ordinal);

    private PersonaCatalog Load() => PersonaCatalog.Load(PersonaCatalog.ShippedFolder, new DataFolder(_pai.Data).Personas);
}
