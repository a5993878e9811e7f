using PersonalAi.Assistant.Privacy.Redaction;

namespace PersonalAi.Assistant.Bench.Redaction;

/// <summary>Measures how much of what people labelled the redaction finds, and how much else it finds.</summary>
internal static class RedactionBenchmark
{
    /// <summary>The types of labels for which there is a recogniser.</summary>
    private static readonly HashSet<string> Supported =
    [
        SensitiveType.Person, SensitiveType.StreetAddress, SensitiveType.ZipCode, SensitiveType.Phone, SensitiveType.Mail, SensitiveType.Link, SensitiveType.IpAddress,
        SensitiveType.Card, SensitiveType.BankAccount, SensitiveType.SocialSecurity, SensitiveType.DriverLicence,
    ];

    /// <summary>The scores over all texts.</summary>
    public static RedactionScores Run(Redactor redactor, IReadOnlyList<LabelledText> texts)
    {
        var tallies = new SortedDictionary<string, RedactionTally>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var spans = redactor.Find(text.Text);
            foreach (var label in text.Labels)
            {
                TallyOf(tallies, label.Type).AddLabel(label, spans);
            }

            foreach (var span in spans)
            {
                TallyOf(tallies, RedactionTally.LabelFor(span.Type)).AddSpan(span, text.Labels);
            }
        }

        return new RedactionScores(
            texts.Count,
            RedactionScore.Of(tallies.Where(pair => Supported.Contains(pair.Key) || pair.Value.Labels == 0 || pair.Value.Spans > 0), pair => Supported.Contains(pair.Key)),
            RedactionScore.Of(tallies, _ => true),
            tallies.ToDictionary(pair => pair.Key, pair => TypeScore.Of(pair.Value, Supported.Contains(pair.Key))));
    }

    private static RedactionTally TallyOf(SortedDictionary<string, RedactionTally> tallies, string type)
    {
        if (!tallies.TryGetValue(type, out var tally))
        {
            tallies.Add(type, tally = new RedactionTally());
        }

        return tally;
    }
}
