using PersonalAi.Assistant.Chat;

namespace PersonalAi.Assistant.Terminal;

/// <summary>What slash commands can do to the chat they were typed into, whatever draws it.</summary>
/// <param name="chat">The conversation.</param>
internal abstract class ChatFace(OpenChat chat)
{
    /// <summary>The conversation.</summary>
    public OpenChat Chat { get; } = chat;

    /// <summary>Whether the chat is to end.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>Shows a remark of the program, not of the model.</summary>
    public abstract void Say(string text);

    /// <summary>Shows an answer as it comes; Ctrl+C stops it and keeps what came.</summary>
    public abstract Task ShowAsync(Func<CancellationToken, IAsyncEnumerable<ChatEvent>> answer, CancellationToken cancellationToken = default);

    /// <summary>Ends the chat after this.</summary>
    public void Leave() => IsLeaving = true;
}
