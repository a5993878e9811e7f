namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Shows what the context window holds.</summary>
internal sealed class TokensCommand() : SlashCommand("tokens", "", "Show what the context window holds, in tokens")
{
    public override async Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default)
    {
        var plan = await face.Chat.PlanAsync("", cancellationToken);
        Row("instructions" + (plan.HasSummary ? " and summary" : ""), plan.System);
        Row($"history, {plan.HistoryTurns} turns", plan.History);
        Row("template of the next message", plan.NewTurn);
        Row("kept free for the answer", plan.AnswerReserve);
        Row("left for your message", plan.Free);
        Row("context window", plan.ContextLength);

        void Row(string what, int tokens) => face.Say($"  {what,-30} {tokens,7}");
    }
}
