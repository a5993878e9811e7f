using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using NJsonSchema;
using PersonalAi.Adapters.Llama.Grammar;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Grammar;

/// <summary>Whatever random tokens under a grammar end in validates against the schema, by a validator that is not ours.</summary>
public sealed partial class GrammarSamplingTests
{
    private const int MaxTokens = 250;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Random_texts_of_random_schemas_validate(int seed)
    {
        var random = new Random(seed);
        var schemas = new RandomSchema(random);
        var finished = 0;
        for (var i = 0; i < 15; i++)
        {
            var schema = schemas.Next(depth: 3).ToJsonString();
            var validator = await JsonSchema.FromJsonAsync(schema, TestContext.Current.CancellationToken);
            var grammar = JsonSchemaGrammarTests.Compile(schema);

            for (var sample = 0; sample < 3; sample++)
            {
                if (GrammarOracle.Sample(grammar, random, MaxTokens) is { } text)
                {
                    finished++;
                    AssertValid(validator, schema, text);
                }
            }
        }

        Assert.InRange(finished, 30, 45);
    }

    [Theory]
    [InlineData("""{"prefixItems":[{"type":"integer"},{"type":"boolean"}],"minItems":2,"items":{"type":"null"},"maxItems":4}""")]
    public void Random_tuples_have_each_item_in_its_place(string schema)
    {
        var grammar = JsonSchemaGrammarTests.Compile(schema);
        var random = new Random(5);

        for (var sample = 0; sample < 10; sample++)
        {
            JsonNode?[] items = [.. JsonNode.Parse(GrammarOracle.Sample(grammar, random, MaxTokens)!)!.AsArray()];
            Assert.InRange(items.Length, 2, 4);
            Assert.Equal(JsonValueKind.Number, items[0]!.GetValueKind());
            Assert.Contains(items[1]!.GetValueKind(), new[] { JsonValueKind.True, JsonValueKind.False });
            Assert.All(items.Skip(2), Assert.Null);
        }
    }

    [Fact]
    public void Random_texts_for_a_generated_schema_deserialise()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
        var grammar = JsonSchemaGrammar.Compile(AIJsonUtilities.CreateJsonSchema(typeof(Order), serializerOptions: options));
        var random = new Random(6);

        Order[] orders = [.. Enumerable.Range(0, 20)
            .Select(_ => GrammarOracle.Sample(grammar, random, 400))
            .OfType<string>()
            .Select(text => JsonSerializer.Deserialize<Order>(text, options)!)];

        Assert.InRange(orders.Length, 10, 20);
        Assert.All(orders, order => Assert.True(Enum.IsDefined(order.Status)));
    }

    private enum OrderStatus
    {
        Open,
        Paid,
    }

    private sealed record Order(
        Guid Id, OrderStatus Status, DateTimeOffset At, DateOnly? Due, long Count, double? Price, List<string> Tags, Dictionary<string, bool> Flags, Order? Next);

    private static void AssertValid(JsonSchema validator, string schema, string text)
    {
        using (JsonDocument.Parse(text))
        {
            // NJsonSchema counts half surrogate pairs, JSON Schema whole code points.
            var errors = validator.Validate(BeyondTheBasicPlane().Replace(text, "\u2603"));
            Assert.True(errors.Count == 0, $"{string.Join('\n', errors)}\n{schema}\n{text}");
        }
    }

    [GeneratedRegex(@"[\uD800-\uDBFF][\uDC00-\uDFFF]|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")]
    private static partial Regex BeyondTheBasicPlane();
}
