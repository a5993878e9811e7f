namespace PersonalAi.Tests.Fakes;

/// <summary>A screen that tells when a question stands on it.</summary>
internal sealed class Screen : StringWriter
{
    private readonly Queue<Action> _answers = [];
    private readonly CancellationTokenSource _over = new();
    private Action? _answer;

    /// <summary>Has the answers given, each from when its question stands there until it is heard: what comes too early is thrown away.</summary>
    public void OnQuestion(params ReadOnlySpan<Action> answers)
    {
        foreach (var answer in answers)
        {
            _answers.Enqueue(answer);
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_answers.TryDequeue(out var answer) && Interlocked.Exchange(ref _answer, answer) is null)
        {
            _ = Task.Run(AnswerAsync, cancellationToken);
        }

        return Task.CompletedTask;
    }

    protected override void Dispose(bool disposing)
    {
        _over.Cancel();
        _over.Dispose();
        base.Dispose(disposing);
    }

    private async Task AnswerAsync()
    {
        var over = _over.Token;
        while (!over.IsCancellationRequested)
        {
            _answer!();
            await Task.Delay(10, CancellationToken.None);
        }
    }
}
