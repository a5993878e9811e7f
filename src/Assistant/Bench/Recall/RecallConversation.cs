using System.Collections.Immutable;

namespace PersonalAi.Assistant.Bench.Recall;

/// <summary>A conversation to remember, and questions about it.</summary>
/// <param name="Items">What was said, in order.</param>
/// <param name="Questions">What is asked long after.</param>
internal sealed record RecallConversation(ImmutableArray<RecallItem> Items, ImmutableArray<RecallQuestion> Questions);

/// <summary>Something that was said.</summary>
/// <param name="Id">Its name in the evidence of questions.</param>
/// <param name="Text">The words.</param>
/// <param name="Time">When it was said.</param>
/// <param name="Session">What it was part of.</param>
/// <param name="Speaker">Who said it.</param>
internal sealed record RecallItem(string Id, string Text, DateTimeOffset? Time, string? Session, string? Speaker);

/// <summary>A question, and what has to be recalled to answer it.</summary>
/// <param name="Question">The question.</param>
/// <param name="Evidence">The ids of the items that answer it.</param>
/// <param name="Category">What kind of question it is.</param>
internal sealed record RecallQuestion(string Question, ImmutableArray<string> Evidence, string Category);
