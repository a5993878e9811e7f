using PersonalAi.Memory.Documents.Reading;
using Xunit;

namespace PersonalAi.Tests.Memory.Documents.Reading;

public sealed class CodeReaderTests
{
    [Fact]
    public async Task Types_and_functions_of_C_sharp_are_found() => await CheckAsync(
        "a.cs",
        """
        using System;

        namespace Shop;

        /// <summary>Sells.</summary>
        [Serializable]
        public sealed class Till
        {
            private readonly int _sum;

            public Till(int sum)
            {
                _sum = sum;
            }

            public int Count(string text) => text.Length;

            internal static async Task<int> PayAsync<T>(T by)
            {
                if (by is null)
                {
                    return 0;
                }

                return 1;
            }
        }
        """,
        "3 1 Shop", "5 1 Till", "11 2 Till", "16 2 Count", "18 2 PayAsync");

    [Fact]
    public async Task Classes_and_functions_of_Python_are_found() => await CheckAsync(
        "a.py",
        """
        import os

        # Sells.
        @dataclass
        class Till:
            def __init__(self):
                self.sum = 0

            async def pay(self, by):
                return by

        if __name__ == "__main__":
            Till().pay(1)
        """,
        "3 1 Till", "6 2 __init__", "9 2 pay", "12 1 ");

    [Fact]
    public async Task Functions_of_JavaScript_Go_and_C_are_found()
    {
        await CheckAsync("a.js", "export function sum(a, b) {\n  return a + b;\n}\n\nconst twice = (a) => {\n  return 2 * a;\n};\n", "1 1 sum", "5 1 twice");
        await CheckAsync("a.go", "package main\n\nfunc (t *Till) Pay(by int) error {\n\treturn nil\n}\n\ntype Till struct {\n}\n", "3 1 Pay", "7 1 Till");
        await CheckAsync("a.c", "static int add(int a, int b)\n{\n    while (a) {\n        b++;\n    }\n    return b;\n}\n", "1 1 add");
    }

    [Fact]
    public async Task A_definition_that_fits_is_one_chunk()
    {
        var body = string.Concat(Enumerable.Range(0, 12).Select(line => $"    total{line} = compute(total, {line})\n\n"));
        var code = await Reading.OfAsync("a.py", $"def first():\n{body}def second():\n{body}");

        var chunks = Chunker.Cut(code, new());

        Assert.Equal([("first", "a.py:1-24"), ("second", "a.py:26-49")], chunks.Select(chunk => (chunk.Heading, code.Cite(chunk))));
        Lossless.Check(code, chunks);
    }

    private static async Task CheckAsync(string name, string code, params string[] sections)
    {
        var document = await Reading.OfAsync(name, code);

        Assert.Equal(sections, document.Sections.Select(section => $"{document.Lines[section.Start].Number} {section.Level} {section.Title}"));
        Lossless.Check(document, Chunker.Cut(document, new()));
    }
}
