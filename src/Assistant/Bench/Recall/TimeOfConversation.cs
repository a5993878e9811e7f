namespace PersonalAi.Assistant.Bench.Recall;

/// <summary>The clock of a conversation's questions: they are asked when it has ended, so that "last month" means one in it.</summary>
/// <param name="conversation">Whose end it is.</param>
/// <param name="time">The clock where the conversation has no times.</param>
internal sealed class TimeOfConversation(RecallConversation conversation, TimeProvider time) : TimeProvider
{
    private readonly DateTimeOffset? _end = conversation.Items.Max(item => item.Time);

    public override DateTimeOffset GetUtcNow() => _end ?? time.GetUtcNow();

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
}
