namespace PersonalAi.Adapters.Llama.Speculation;

/// <summary>Guesses which tokens come next: from the text so far, or else with a small model, if there is one.</summary>
/// <param name="model">The small model; the drafter disposes of it.</param>
internal sealed class Drafter(DraftModel? model) : IDisposable
{
    /// <summary>Guesses.</summary>
    /// <param name="tokens">Prompt and answer so far.</param>
    /// <param name="length">Tells how much guessing pays.</param>
    /// <param name="most">The most tokens to guess.</param>
    /// <param name="cancellationToken">Stops the small model; what it had guessed is still good.</param>
    public ReadOnlySpan<int> Draft(ReadOnlySpan<int> tokens, DraftLength length, int most, CancellationToken cancellationToken)
    {
        most = Math.Min(most, length.Count);
        if (most <= 0)
        {
            return [];
        }

        var draft = PromptLookup.Draft(tokens, length.LeastMatch, most);
        return draft.IsEmpty && model is not null && length.Pays ? model.Draft(tokens, most, cancellationToken) : draft;
    }

    public void Dispose() => model?.Dispose();
}
