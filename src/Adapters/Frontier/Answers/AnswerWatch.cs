using System.Text;

namespace PersonalAi.Adapters.Frontier.Answers;

/// <summary>Watches one request and what comes back, before an SDK reads it: how long it takes, and whether it is an answer at all.</summary>
internal sealed class AnswerWatch : IDisposable
{
    private const int MostOfError = 64 * 1024;

    private readonly FrontierOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _any;

    public AnswerWatch(FrontierOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        _options = options;
        _time = time;
        _silence = new CancellationTokenSource(options.FirstByte, time);
        _any = CancellationTokenSource.CreateLinkedTokenSource(_silence.Token, cancellationToken);
    }

    /// <summary>Ends the request: when the server is silent for too long, or when it is not wanted any more.</summary>
    public CancellationToken Token => _any.Token;

    /// <summary>Whether an answer has begun: from then on it may be charged, and is never asked for again.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether the server was silent for too long.</summary>
    public bool WasSilent => _silence.IsCancellationRequested;

    /// <summary>What went wrong below while the answer was read, such as a refusal of the gate; null where nothing did.</summary>
    public Exception? BodyFault { get; private set; }

    /// <summary>The body of an answer, watched from here on.</summary>
    /// <exception cref="RefusalException">It is an error.</exception>
    /// <exception cref="MalformedAnswerException">It is something else than an answer.</exception>
    public async Task<Stream> AdmitAsync(AnswerHead head, Stream body)
    {
        if (head is { IsSuccess: true, IsStream: true })
        {
            HasBegun = true;
            Heard();
            return new AnswerStream(body, this);
        }

        var words = ServerWords.Read(await ReadErrorAsync(body));
        throw head.IsSuccess && words == ServerWords.None
            ? new MalformedAnswerException(head.MediaType.Length == 0 ? "something of no type" : $"'{head.MediaType}'")
            : new RefusalException(head.Status, words, head.Wait(_time));
    }

    /// <summary>Something came: the server may be silent anew.</summary>
    public void Heard() => _silence.CancelAfter(_options.BetweenChunks);

    /// <summary>Remembers what went wrong below, since an SDK might hide it.</summary>
    public void Failed(Exception error) => BodyFault ??= error;

    public void Dispose()
    {
        _any.Dispose();
        _silence.Dispose();
    }

    private async Task<string> ReadErrorAsync(Stream body)
    {
        var bytes = new byte[MostOfError];
        return Encoding.UTF8.GetString(bytes.AsSpan(0, await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, Token)));
    }
}
