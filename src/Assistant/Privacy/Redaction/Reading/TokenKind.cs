namespace PersonalAi.Assistant.Privacy.Redaction.Reading;

/// <summary>What a token is made of.</summary>
internal enum TokenKind
{
    /// <summary>Letters, with hyphens, apostrophes and digits within.</summary>
    Word,

    /// <summary>Digits, with letters behind them as in <c>12b</c>.</summary>
    Number,

    /// <summary>One character of anything else.</summary>
    Mark,
}
