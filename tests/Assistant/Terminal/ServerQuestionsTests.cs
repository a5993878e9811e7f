using System.Collections.Concurrent;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Tools.Mcp;
using Xunit;

namespace PersonalAi.Tests.Assistant.Terminal;

public sealed class ServerQuestionsTests
{
    [Fact]
    public async Task Each_field_is_asked_until_its_answer_is_possible()
    {
        using var person = new Person("Ines", "many", "3", "");

        var answer = await person.AskAsync("""{"name": {"type": "string", "title": "Your name"}, "count": {"type": "integer", "minimum": 1}, "sure": {"type": "boolean", "default": true}}""");

        Assert.Equal("Accept name=Ines count=3 sure=True", Text(answer));
        Assert.Equal(
            """

            The MCP server 'shop' asks: Who are [31myou?
            What you answer is sent to it. An empty line takes what stands in brackets; /no tells it nothing.
            Your name, a text [nothing]: count, a whole number of at least 1 [nothing]: 'many' is not possible here; give a whole number of at least 1.
            count, a whole number of at least 1 [nothing]: sure, yes or no [True]: 
            """.ReplaceLineEndings("\n"),
            person.Screen);
    }

    [Theory]
    [InlineData("/no")]
    [InlineData(null)]
    public async Task The_person_can_tell_the_server_nothing(string? typed)
    {
        using var person = new Person(typed);

        var answer = await person.AskAsync("""{"name": {"type": "string"}}""");

        Assert.Equal("Decline ", Text(answer));
    }

    [Theory]
    [InlineData("y", "Accept ")]
    [InlineData("", "Decline ")]
    public async Task A_question_without_fields_needs_a_yes(string typed, string expected)
    {
        using var person = new Person(typed);

        var answer = await person.AskAsync("{}");

        Assert.Equal(expected, Text(answer));
    }

    private static string Text(McpAnswer answer) => $"{answer.Reply} {string.Join(' ', answer.Values.Select(value => $"{value.Key}={value.Value}"))}";

    /// <summary>Types the next line whenever a question is on the screen; null ends the input.</summary>
    private sealed class Person(params string?[] answers) : StringWriter
    {
        private readonly BlockingCollection<string?> _typed = [];
        private int _answered;

        public string Screen => ToString().ReplaceLineEndings("\n");

        public Task<McpAnswer> AskAsync(string fields)
        {
            var schema = JsonSerializer.Deserialize<ElicitRequestParams.RequestSchema>($$"""{"type": "object", "properties": {{fields}}}""", McpJsonUtilities.DefaultOptions)!;
            var lines = new TerminalLines(new ConsoleStreams(() => new Keyboard(_typed), Null, Null));
            return new ServerQuestions(lines, this).AskAsync(
                new McpQuestion("shop", "Who are \u001b[1m[31myou?", [.. schema.Properties.Select(field => McpField.From(field.Key, field.Value, isRequired: false))]));
        }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            _typed.Add(answers[_answered++], cancellationToken);
            return Task.CompletedTask;
        }

        protected override void Dispose(bool disposing)
        {
            // The thread that reads waits for one more line, and ends with it.
            _typed.CompleteAdding();
            _typed.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class Keyboard(BlockingCollection<string?> typed) : TextReader
    {
        public override string? ReadLine() => typed.TryTake(out var line, Timeout.Infinite) ? line : null;
    }
}
