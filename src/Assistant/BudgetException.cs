namespace PersonalAi.Assistant;

/// <summary>What was to be done would cost more than is left.</summary>
/// <param name="message">What, and how much is left: one sentence with a full stop.</param>
internal sealed class BudgetException(string message) : Exception(message);
