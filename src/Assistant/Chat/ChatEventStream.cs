using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace PersonalAi.Assistant.Chat;

/// <summary>Hands on what happens while an answer is made. Who stops reading stops the answer.</summary>
internal static class ChatEventStream
{
    /// <param name="answer">Makes the answer, and writes what happens.</param>
    /// <param name="cancellationToken">Stops the answer.</param>
    public static async IAsyncEnumerable<ChatEvent> RunAsync(
        Func<ChannelWriter<ChatEvent>, CancellationToken, Task> answer, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var events = Channel.CreateUnbounded<ChatEvent>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answering = CompleteAsync(answer, events.Writer, abandoned.Token);
        try
        {
            await foreach (var chatEvent in events.Reader.ReadAllAsync(CancellationToken.None))
            {
                yield return chatEvent;
            }
        }
        finally
        {
            await abandoned.CancelAsync();
            await answering;
        }
    }

    private static async Task CompleteAsync(Func<ChannelWriter<ChatEvent>, CancellationToken, Task> answer, ChannelWriter<ChatEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            await answer(events, cancellationToken);
        }
        finally
        {
            events.Complete();
        }
    }
}
