using System.ClientModel;
using Anthropic.Exceptions;

namespace PersonalAi.Adapters.Frontier.Answers;

/// <summary>Says what went wrong with a request, whichever of network, server and SDK it was; one for each model.</summary>
/// <param name="model">The model that was asked.</param>
/// <param name="key">The key, which no sentence may show.</param>
/// <param name="options">The limits.</param>
internal sealed class AnswerErrors(FrontierModel model, FrontierKey? key, FrontierOptions options)
{
    private string Host => model.Endpoint.Address.Authority;

    /// <summary>What an exception means; null where it is none of the network, the server or the SDK, and goes on as it is.</summary>
    /// <param name="error">The exception.</param>
    /// <param name="watch">Saw the answer.</param>
    /// <param name="soFar">The text that came before.</param>
    public ModelException? Translate(Exception error, AnswerWatch watch, string soFar)
    {
        if (watch.BodyFault is { } fault and not (IOException or HttpRequestException) && error == fault)
        {
            return null;
        }

        return error switch
        {
            ModelException => null,
            OperationCanceledException when watch.HasBegun => BrokenOff(watch.WasSilent ? $"nothing came for {Seconds(options.BetweenChunks)}" : TooLong, soFar, error),
            OperationCanceledException => NoAnswer(watch.WasSilent ? $"did not begin to answer within {Seconds(options.FirstByte)}" : "did not answer in time", error),
            RefusalException refusal when watch.HasBegun => BrokenOff(Quote(refusal.Words), soFar, refusal),
            RefusalException refusal => Refused(refusal),
            MalformedAnswerException what when watch.HasBegun => BrokenOff($"it sent {what.Message}", soFar, what),
            MalformedAnswerException what => NoAnswer($"answered with {what.Message} where a stream of events was asked for; check its address", what),
            AnthropicSseException sse => BrokenOff(Quote(ServerWords.Of(sse.Body) ?? ServerWords.None), soFar, sse),
            _ when watch.HasBegun && IsOfNetwork(error) => BrokenOff("the connection ended", soFar, error),
            _ when watch.HasBegun => BrokenOff("it sent a piece that cannot be read", soFar, error),
            HttpRequestException http => NotConnected(http),
            AnthropicIOException { InnerException: { } http } => NotConnected(http),
            ClientResultException { InnerException: HttpRequestException http } => NotConnected(http),
            IOException => NoAnswer("ended the connection", error),
            AnthropicException or ClientResultException => NoAnswer($"could not be asked ({ServerWords.Clean(error.Message).TrimEnd('.')})", error),
            _ => null,
        };
    }

    /// <summary>An answer that ended without saying so.</summary>
    public ModelException EndedEarly(string soFar) => BrokenOff("it ended without saying why", soFar, innerException: null);

    /// <summary>An answer without any text.</summary>
    /// <param name="finishReason">Why it ended, as the server says.</param>
    public ModelException Empty(string finishReason) => new(
        ModelError.Failed,
        $"'{Host}' answered without any text (it ended by '{ServerWords.Clean(finishReason)}'); {(finishReason == "length" ? "allow it more tokens" : "ask in other words")}.");

    /// <summary>Everything together took too long, before an answer began.</summary>
    public ModelException TookTooLong(Exception error) => NoAnswer($"was not ready to answer within {Seconds(options.Whole)}", error);

    private string TooLong => $"all of it may take {Seconds(options.Whole)}";

    private ModelException Refused(RefusalException refusal)
    {
        var said = $"status {refusal.Status}{(refusal.Words.Text.Length == 0 ? "" : $": {Quote(refusal.Words)}")}";
        return refusal switch
        {
            { Words.CreditIsSpent: true } or { Status: 402 } => new(ModelError.CreditSpent, $"The credit at '{Host}' is spent ({said}).", refusal),
            { Status: 401 or 403 } => new(
                ModelError.KeyRefused,
                key is null
                    ? $"'{Host}' asks for a key ({said}); give it one with 'pai frontier key {model.Endpoint.Name}'."
                    : $"'{Host}' refused the key ({said}); give it another with 'pai frontier key {model.Endpoint.Name}'.",
                refusal),
            { Words.PromptIsTooLong: true } or { Status: 413 } => new(ModelError.PromptTooLong, $"The request is too long for '{model.Model}' at '{Host}' ({said}); send less.", refusal),
            { Status: 404 } => new(ModelError.NotFound, $"'{Host}' has no model '{model.Model}', or nothing at this address ({said}); check both.", refusal),
            { Status: 429 } => new(ModelError.RateLimited, $"'{Host}' has been asked too often ({said}); {Wait(refusal)}.", refusal),
            { Status: 503 or 529 } => new(ModelError.Busy, $"'{Host}' is overloaded ({said}); {Wait(refusal)}.", refusal),
            { Status: >= 300 and < 400 } => new(ModelError.Network, $"'{Host}' sends requests elsewhere ({said}), which is not followed; correct its address.", refusal),
            { Status: >= 400 and < 500 } => new(ModelError.Unsupported, $"'{Host}' refused the request ({said}).", refusal),
            _ => new(ModelError.Network, $"'{Host}' failed ({said}); try again later.", refusal),
        };
    }

    private ModelException NotConnected(HttpRequestException error)
    {
        var reason = ServerWords.Clean((error.InnerException ?? error).Message).TrimEnd('.');
        return error.HttpRequestError == HttpRequestError.SecureConnectionError
            ? new(ModelError.Network, $"'{Host}' did not prove who it is ({reason}); nothing was sent.", error)
            : new(ModelError.Network, $"'{Host}' cannot be reached ({reason}); is it running?", error);
    }

    private ModelException NoAnswer(string what, Exception error) => new(ModelError.Network, $"'{Host}' {what}.", error);

    private ModelException BrokenOff(string why, string soFar, Exception? innerException) => new(
        ModelError.BrokenOff,
        $"The answer of '{Host}' broke off {(soFar.Length == 0 ? "before any text came" : $"after about {Count(TokenEstimate.Of(soFar))}")} ({why}); asking again may be charged again.",
        innerException)
    { PartialText = soFar };

    private string Quote(ServerWords words) => words.Text.Length == 0 ? "it failed" : (key?.RemoveFrom(words.Text) ?? words.Text).TrimEnd('.');

    private static string Wait(RefusalException refusal) => refusal.Wait is { } wait && wait > TimeSpan.Zero ? $"it asks to wait {Seconds(wait)}" : "try again later";

    private static bool IsOfNetwork(Exception error) => error is IOException or HttpRequestException or AnthropicIOException;

    private static string Seconds(TimeSpan time) => $"{Math.Ceiling(time.TotalSeconds)} s";

    private static string Count(int tokens) => tokens == 1 ? "1 token" : $"{tokens} tokens";
}
