using System.Text.Json.Nodes;

namespace PersonalAi.Tests.Adapters.Llama.Grammar;

/// <summary>Random schemas of what the compiler takes, in the vocabulary that NJsonSchema (draft 4 to 7) validates.</summary>
internal sealed class RandomSchema(Random random)
{
    private static readonly string[] Names = ["id", "name", "a\"b", "größe", "x", "xy", "list"];
    private static readonly string[] Formats = ["date", "date-time", "uuid", "email", "ipv4", "ipv6", "uri"];
    private static readonly string[] Patterns = ["^[a-z]{2,5}$", "^(yes|no)$", @"^\d+-[A-F]*$", "^[^x]y$", "^a?b+c{2}$"];

    public JsonObject Next(int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => String(),
        1 => Integer(),
        2 => Number(),
        3 => new JsonObject { ["type"] = "boolean" },
        4 => new JsonObject { ["enum"] = new JsonArray("one", 2, null, "a\\b\n", -1.5) },
        5 => new JsonObject { ["type"] = new JsonArray("null", "string"), ["maxLength"] = 4 },
        6 => Array(depth),
        7 => new JsonObject { ["anyOf"] = new JsonArray(Next(depth - 1), Next(depth - 1)) },
        _ => Object(depth),
    };

    private JsonObject String() => random.Next(4) switch
    {
        0 => new JsonObject { ["type"] = "string", ["format"] = Formats[random.Next(Formats.Length)] },
        1 => new JsonObject { ["type"] = "string", ["pattern"] = Patterns[random.Next(Patterns.Length)] },
        _ => new JsonObject { ["type"] = "string", ["minLength"] = random.Next(3), ["maxLength"] = 3 + random.Next(8) },
    };

    private JsonObject Integer()
    {
        var minimum = random.Next(-2000, 2000);
        return new JsonObject { ["type"] = "integer", ["minimum"] = minimum, ["maximum"] = minimum + random.Next(3000) };
    }

    private JsonObject Number()
    {
        var minimum = random.Next(-20, 20);
        return random.Next(2) == 0
            ? new JsonObject { ["type"] = "number" }
            : new JsonObject { ["type"] = "number", ["minimum"] = minimum, ["exclusiveMaximum"] = minimum + 1 + random.Next(30) };
    }

    private JsonObject Array(int depth)
    {
        var minimum = random.Next(3);
        return new JsonObject { ["type"] = "array", ["items"] = Next(depth - 1), ["minItems"] = minimum, ["maxItems"] = minimum + random.Next(3) };
    }

    private JsonObject Object(int depth)
    {
        string[] names = [.. Names.Where(_ => random.Next(2) == 0)];
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(names.Select(name => KeyValuePair.Create(name, (JsonNode?)Next(depth - 1)))),
            ["required"] = new JsonArray([.. names.Where(_ => random.Next(2) == 0).Select(name => (JsonNode?)name)]),
        };
        schema["additionalProperties"] = random.Next(3) == 0 ? Next(0) : false;
        return schema;
    }
}
