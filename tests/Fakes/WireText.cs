using System.Text.Json;
using PersonalAi.Adapters.Frontier;

namespace PersonalAi.Tests.Fakes;

/// <summary>What servers of both wires send, as they send it.</summary>
internal static class WireText
{
    /// <summary>A whole answer of two pieces: 12 tokens in, of which 4 were cached, and 5 out.</summary>
    public static string Answer(FrontierWire wire, string first = "Hello", string second = " there.") => wire == FrontierWire.OpenAI
        ? $"{Start(wire)}{Piece(wire, first)}{Piece(wire, second)}{End(wire)}"
        : $"{Start(wire)}{Piece(wire, first)}{Named("ping", """{"type":"ping"}""")}{Piece(wire, second)}{End(wire)}";

    /// <summary>What comes before the text.</summary>
    public static string Start(FrontierWire wire) => wire == FrontierWire.OpenAI
        ? Chunk("""{"role":"assistant","content":"","refusal":null}""")
        : Named("message_start", """{"type":"message_start","message":{"id":"msg_01","type":"message","role":"assistant","model":"served-model","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":8,"cache_creation_input_tokens":0,"cache_read_input_tokens":4,"output_tokens":1}}}""")
            + Named("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""");

    /// <summary>A piece of text.</summary>
    public static string Piece(FrontierWire wire, string text) => wire == FrontierWire.OpenAI
        ? Chunk($$"""{"content":{{JsonSerializer.Serialize(text)}}}""")
        : Named("content_block_delta", $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":{{{JsonSerializer.Serialize(text)}}}}}""");

    /// <summary>What comes after the text.</summary>
    public static string End(FrontierWire wire, string? reason = null) => wire == FrontierWire.OpenAI
        ? Chunk("{}", reason ?? "stop")
            + Data("""{"id":"chatcmpl-01","object":"chat.completion.chunk","created":1790000000,"model":"served-model","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":0}}}""")
            + "data: [DONE]\n\n"
        : Named("content_block_stop", """{"type":"content_block_stop","index":0}""")
            + Named("message_delta", $$$"""{"type":"message_delta","delta":{"stop_reason":"{{{reason ?? "end_turn"}}}","stop_sequence":null},"usage":{"output_tokens":5}}""")
            + Named("message_stop", """{"type":"message_stop"}""");

    /// <summary>The model calls a tool that nobody has given it.</summary>
    public static string ToolCall(FrontierWire wire) => wire == FrontierWire.OpenAI
        ? Start(wire)
            + Chunk("""{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"delete_all","arguments":""}}]}""")
            + Chunk("""{"tool_calls":[{"index":0,"function":{"arguments":"{\"path\":\"/\"}"}}]}""")
            + End(wire, "tool_calls")
        : Start(wire)
            + Named("content_block_stop", """{"type":"content_block_stop","index":0}""")
            + Named("content_block_start", """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"delete_all","input":{}}}""")
            + Named("content_block_delta", """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"path\":\"/\"}"}}""")
            + Named("content_block_stop", """{"type":"content_block_stop","index":1}""")
            + Named("message_delta", """{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":5}}""")
            + Named("message_stop", """{"type":"message_stop"}""");

    /// <summary>An error in the middle of a stream.</summary>
    public static string Error(FrontierWire wire, string message) => wire == FrontierWire.OpenAI
        ? Data($$$"""{"error":{"message":"{{{message}}}","type":"server_error","code":null}}""")
        : Named("error", $$$"""{"type":"error","error":{"type":"overloaded_error","message":"{{{message}}}"}}""");

    /// <summary>The body of a refusal.</summary>
    public static string Refusal(FrontierWire wire, string message, string code) => wire == FrontierWire.OpenAI
        ? $$$"""{"error":{"message":"{{{message}}}","type":"invalid_request_error","param":null,"code":"{{{code}}}"}}"""
        : $$$"""{"type":"error","error":{"type":"{{{code}}}","message":"{{{message}}}"},"request_id":"req_01"}""";

    private static string Chunk(string delta, string? finish = null) =>
        Data($$$"""{"id":"chatcmpl-01","object":"chat.completion.chunk","created":1790000000,"model":"served-model","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{{{delta}}},"logprobs":null,"finish_reason":{{{(finish is null ? "null" : $"\"{finish}\"")}}}}],"usage":null}""");

    private static string Data(string json) => $"data: {json}\n\n";

    private static string Named(string name, string json) => $"event: {name}\ndata: {json}\n\n";
}
