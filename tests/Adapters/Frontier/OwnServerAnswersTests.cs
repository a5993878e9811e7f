using Microsoft.Extensions.AI;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Frontier;
using Xunit;

namespace PersonalAi.Tests.Adapters.Frontier;

/// <summary>Servers that speak OpenAI's wire, each in its own way.</summary>
public sealed class OwnServerAnswersTests
{
    private const string LlamaServer = """
        data: {"choices":[{"finish_reason":null,"index":0,"delta":{"role":"assistant","content":null}}],"created":1790000000,"id":"chatcmpl-aB","model":"own","system_fingerprint":"b6469-1","object":"chat.completion.chunk"}

        data: {"choices":[{"finish_reason":null,"index":0,"delta":{"reasoning_content":"Let me see."}}],"created":1790000000,"id":"chatcmpl-aB","model":"own","system_fingerprint":"b6469-1","object":"chat.completion.chunk"}

        data: {"choices":[{"finish_reason":null,"index":0,"delta":{"content":"Yes."}}],"created":1790000000,"id":"chatcmpl-aB","model":"own","system_fingerprint":"b6469-1","object":"chat.completion.chunk"}

        data: {"choices":[{"finish_reason":"stop","index":0,"delta":{}}],"created":1790000000,"id":"chatcmpl-aB","model":"own","system_fingerprint":"b6469-1","object":"chat.completion.chunk"}

        data: {"choices":[],"created":1790000000,"id":"chatcmpl-aB","model":"own","system_fingerprint":"b6469-1","object":"chat.completion.chunk","usage":{"completion_tokens":3,"prompt_tokens":9,"total_tokens":12},"timings":{"prompt_n":9,"prompt_ms":31.5,"predicted_n":3}}

        data: [DONE]


        """;

    private const string Vllm = """
        data: {"id":"chatcmpl-7f","object":"chat.completion.chunk","created":1790000000,"model":"own","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"prompt_token_ids":null}

        data: {"id":"chatcmpl-7f","object":"chat.completion.chunk","created":1790000000,"model":"own","choices":[{"index":0,"delta":{"content":"Yes."},"logprobs":null,"finish_reason":"stop","stop_reason":null,"token_ids":null}]}

        data: {"id":"chatcmpl-7f","object":"chat.completion.chunk","created":1790000000,"model":"own","choices":[],"usage":{"prompt_tokens":9,"total_tokens":12,"completion_tokens":3,"prompt_tokens_details":null}}

        data: [DONE]


        """;

    private const string Ollama = """
        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1790000000,"model":"own","system_fingerprint":"fp_ollama","choices":[{"index":0,"delta":{"role":"assistant","content":"Yes."},"finish_reason":null}]}

        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1790000000,"model":"own","system_fingerprint":"fp_ollama","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":"stop"}]}

        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1790000000,"model":"own","system_fingerprint":"fp_ollama","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}

        data: [DONE]


        """;

    [Theory]
    [InlineData(LlamaServer)]
    [InlineData(Vllm)]
    [InlineData(Ollama)]
    public async Task An_answer_is_understood(string events)
    {
        await using var model = await FrontierSandbox.StartAsync(FrontierWire.OpenAI, reply => reply.EventsAsync(events));

        var answer = await model.AskAsync();

        Assert.Equal(("Yes.", ChatFinishReason.Stop, "own", 9L, 3L), (answer.Text, answer.FinishReason, answer.ModelId, answer.Usage!.InputTokenCount, answer.Usage.OutputTokenCount));
    }

    [Theory]
    [InlineData("""{"error":{"code":400,"message":"the request exceeds the available context size, try increasing it","type":"exceed_context_size_error","n_prompt_tokens":9000,"n_ctx":4096}}""", "the request exceeds the available context size, try increasing it")]
    [InlineData("""{"error":{"message":"This model's maximum context length is 4096 tokens.","type":"BadRequestError","param":null,"code":400}}""", "This model's maximum context length is 4096 tokens")]
    public async Task A_request_that_is_too_long_is_told_as_such(string body, string said)
    {
        await using var model = await FrontierSandbox.StartAsync(FrontierWire.OpenAI, reply => reply.JsonAsync(400, body));

        var error = await model.FailAsync();

        Assert.Equal((ModelError.PromptTooLong, $"The request is too long for 'some-model' at '{model.Host}' (status 400: {said}); send less."), (error.Error, error.Message));
    }
}
