namespace PersonalAi.Assistant.Chat;

/// <summary>What goes into the context window for one turn, in exact token counts.</summary>
/// <param name="ContextLength">The whole window.</param>
/// <param name="System">The persona's instructions and the summary of older turns.</param>
/// <param name="History">The turns that stand in the window word for word.</param>
/// <param name="HistoryTurns">How many they are.</param>
/// <param name="NewTurn">The new message and what the template puts round it.</param>
/// <param name="AnswerReserve">What is kept free for the answer.</param>
internal sealed record WindowPlan(int ContextLength, int System, int History, int HistoryTurns, int NewTurn, int AnswerReserve)
{
    /// <summary>Whether a summary stands for older turns.</summary>
    public bool HasSummary { get; init; }

    /// <summary>The length of the prompt.</summary>
    public int Prompt => System + History + NewTurn;

    /// <summary>What the answer can take beyond its reserve, if anything.</summary>
    public int Free => ContextLength - Prompt - AnswerReserve;

    /// <summary>Whether the prompt leaves the answer its reserve.</summary>
    public bool Fits => Free >= 0;
}
