using PersonalAi.Adapters;
using PersonalAi.Adapters.Models.Lora;
using Xunit;

namespace PersonalAi.Tests.Adapters.Models.Lora;

public sealed class ModelRefTests
{
    private const string Advice = ": write MODEL+ADAPTER@SCALE, for example 'llama-2-13b-chat+me@0.8'.";

    [Theory]
    [InlineData("llama", "llama")]
    [InlineData("llama+me", "llama | me 1")]
    [InlineData("llama+me@0.8", "llama | me 0.8")]
    [InlineData("llama+me@-1+you@2", "llama | me -1 | you 2")]
    [InlineData("llama+me@0", "llama | me 0")]
    [InlineData("/models/llama.gguf+./me.gguf@.5", "/models/llama.gguf | ./me.gguf 0.5")]
    [InlineData("llama@2+me", "llama@2 | me 1")]
    public void A_reference_names_a_model_and_adapters(string text, string expected) => Assert.Equal(expected, Read(text));

    [Theory]
    [InlineData("a+b", "a+b")]
    [InlineData("a+b+me@0.5", "a+b | me 0.5")]
    [InlineData("a+b@1+me", "a+b@1 | me 1")]
    [InlineData("a+c", "a | c 1")]
    [InlineData("a+x+y", "a | x+y 1")]
    [InlineData("a+x+y@2+me@3", "a | x+y 2 | me 3")]
    [InlineData("a+v@2", "a | v@2 1")]
    [InlineData("a+v@2@3", "a | v@2 3")]
    [InlineData("a+x", "a | x 1")]
    public void What_names_a_file_goes_before_what_could_be_a_separator(string text, string expected) =>
        Assert.Equal(expected, Read(text, models: ["a", "a+b", "a+b@1"], adapters: ["me", "x+y", "v@2"]));

    [Theory]
    [InlineData("llama+me@much", "me@much", "gives the scale 'much', which is no number")]
    [InlineData("llama+me@", "me@", "gives the scale '', which is no number")]
    [InlineData("llama+me@1e99", "me@1e99", "gives the scale '1e99', which is no number")]
    [InlineData("llama+me@NaN", "me@NaN", "gives the scale 'NaN', which is no number")]
    [InlineData("llama+", "llama+", "lacks a name beside a '+'")]
    [InlineData("+me", "+me", "lacks a name beside a '+'")]
    [InlineData("llama+me+me@2", "llama+me+me@2", "names the adapter 'me' twice")]
    public void What_cannot_be_read_is_refused(string text, string quoted, string what)
    {
        var error = Assert.Throws<ModelException>(() => Read(text));

        Assert.Equal((ModelError.Unsupported, $"The model reference '{quoted}' {what}{Advice}"), (error.Error, error.Message));
    }

    [Theory]
    [InlineData("llama+me@1.0+you@0.50", "llama+me+you@0.5")]
    [InlineData("llama", "llama")]
    public void It_is_written_as_shortly_as_it_can_be_read(string text, string expected)
    {
        var written = $"{ModelRef.Parse(text, _ => false, _ => false)}";

        Assert.Equal(expected, written);
        Assert.Equal(Read(expected), Read(text));
    }

    private static string Read(string text, string[]? models = null, string[]? adapters = null)
    {
        var reference = ModelRef.Parse(text, (models ?? []).Contains, (adapters ?? []).Contains);
        return string.Join(" | ", reference.Adapters.Select(adapter => FormattableString.Invariant($"{adapter.Name} {adapter.Scale}")).Prepend(reference.Model));
    }
}
