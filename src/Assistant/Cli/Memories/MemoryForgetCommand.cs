using System.CommandLine;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Forgetting;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Removes facts, or a session, with everything that was made from them, and shows that nothing is left.</summary>
internal sealed class MemoryForgetCommand : PaiCommand
{
    private readonly Argument<string[]> _ids = new("ID") { Description = "Ids of facts, or their beginnings", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _matching = new("--matching") { Description = "All facts that have this text in them", HelpName = "TEXT" };
    private readonly Option<string?> _session = new("--session") { Description = "A whole session, and what was learnt in it", HelpName = "ID" };
    private readonly Option<bool> _source = new("--source") { Description = "Also take the words that say it out of the conversations" };
    private readonly YesOption _yes = new();
    private readonly JsonOption _json = new();

    public MemoryForgetCommand() : base(
        "forget",
        "Remove facts with everything made from them, for ever, and search the data folder for what is left. Not even undo brings them back.",
        "pai memory forget 0199f3a2                   # shows what would go, and asks",
        "pai memory forget 0199f3a2 --source          # also the words in the conversations that say it",
        "pai memory forget --matching peanuts --yes --json",
        "pai memory forget --session 0199f3a2         # everything that was said in it")
    {
        Add(_ids);
        Add(_matching);
        Add(_session);
        Add(_source);
        Add(_yes);
        Add(_json);
        Validators.Add(result =>
        {
            var ways = new[] { result.GetValue(_ids) is { Length: > 0 }, result.GetValue(_matching) is not null, result.GetValue(_session) is not null };
            if (ways.Count(given => given) != 1)
            {
                result.AddError("'pai memory forget' needs either ids of facts, or --matching, or --session; see 'pai memory forget --help'.");
            }
        });
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var eraser = await pai.EraserAsync(cancellationToken);
        var request = await RequestAsync(pai, eraser, arguments, cancellationToken);
        var plan = await eraser.PlanAsync(request, cancellationToken);
        var json = arguments.GetValue(_json);
        if (!json)
        {
            Show(pai, plan);
        }

        await _yes.RequireAsync(pai, arguments, $"forget {What(plan)} for ever", cancellationToken);
        var forgotten = await eraser.ForgetAsync(request, cancellationToken);
        var stillDue = await CleanAsync(pai, cancellationToken);
        var result = await ForgetResult.SearchAsync(pai, forgotten, cancellationToken) with { StillDue = stillDue };
        if (json)
        {
            pai.Console.Output.WriteJson(ForgetJson.From(result));
        }
        else
        {
            Show(pai, result);
        }

        return stillDue is null ? ExitCode.Done : ExitCode.StorageFailure;
    }

    private async Task<ForgetRequest> RequestAsync(Composition pai, MemoryEraser eraser, ParseResult arguments, CancellationToken cancellationToken)
    {
        var request = new ForgetRequest { Source = arguments.GetValue(_source) };
        if (arguments.GetValue(_session) is { } session)
        {
            return request with { Session = (await (await pai.SessionsAsync(cancellationToken)).FindAsync(session, cancellationToken)).Id };
        }

        if (arguments.GetValue(_matching) is { } text)
        {
            var matching = text.Trim().Length > 0 ? await eraser.MatchingAsync(text.Trim(), cancellationToken) : [];
            return matching.Count > 0
                ? request with { Facts = [.. matching.Select(fact => fact.Id)] }
                : throw new UsageException($"No fact has '{FactText.Line(text)}' in it; 'pai memory search' also finds other words for it.");
        }

        // All are found before one is forgotten: a wrong id forgets nothing.
        var (facts, found) = (await pai.FactsAsync(cancellationToken), new List<FactId>());
        foreach (var id in arguments.GetRequiredValue(_ids))
        {
            found.Add((await facts.FindAsync(id, cancellationToken)).Id);
        }

        return request with { Facts = found };
    }

    // It is forgotten already; what the files still hold goes now, or with the next start.
    private static async Task<string?> CleanAsync(Composition pai, CancellationToken cancellationToken)
    {
        try
        {
            await (await pai.CleaningAsync(cancellationToken)).FinishAsync(cancellationToken);
            return null;
        }
        catch (Exception error) when (error is MemoryException or IOException or UnauthorizedAccessException)
        {
            await pai.Console.Error.WriteLineAsync($"pai: It is forgotten, but the files still hold traces of it, which the next start removes: {TerminalText.Sanitize(error.Message)}");
            return error.Message;
        }
    }

    private static void Show(Composition pai, ForgetPlan plan)
    {
        foreach (var (fact, id) in plan.Facts.Zip(FactText.ShortIds(plan.Facts)))
        {
            pai.Console.Output.WriteLine($"{id}  {fact.Marks(pai.Time)}: {fact.Line()}");
        }

        if (plan.Turns.Count > 0)
        {
            pai.Console.Output.WriteLine($"{Count(plan.Turns.Count, "turn")} of the session {plan.Request.Session?.ShortForm}.");
        }

        if (plan.Mentions.Count > 0)
        {
            pai.Console.Output.WriteLine(plan.Request.Source
                ? $"These words become {ForgottenText.Marker}:"
                : "These words stay in the conversations; --source takes them out too:");
            foreach (var mention in plan.Mentions)
            {
                pai.Console.Output.WriteLine($"  {(mention.Part == PassagePart.Prompt ? "you" : "answer")}, turn {mention.Turn.Id.ShortForm}: '{FactText.Line(mention.Words)}'");
            }
        }
    }

    private static void Show(Composition pai, ForgetResult result)
    {
        var done = result.Forgotten;
        var output = pai.Console.Output;
        output.WriteLine(
            $"Forgotten: {What(done.Plan)}, {Count(done.Passages, "passage")}, {Count(done.Vectors, "vector")}, {Count(done.Summaries, "summary", "summaries")}, and what models had read of {Count(done.Sessions, "session")}.");
        output.WriteLine($"Searched: {Count(result.Files.Files, "file")} of {Quantity.Bytes(result.Files.Bytes)} in '{pai.Data.Path}', and every row of the database.");
        var found = result.Texts.ToList();
        output.WriteLine(found.Count == 0 ? "Found: nothing." : "Found:");
        found.ForEach(trace => output.WriteLine($"  {trace.Place}: {trace.Count} times '{FactText.Line(trace.Text)}'"));
        foreach (var trace in result.Names)
        {
            output.WriteLine($"  '{FactText.Line(trace.Text)}' also stands in {trace.Place}, {trace.Count} times: 'pai memory search' shows what it says there.");
        }

        foreach (var file in result.Files.Unread)
        {
            output.WriteLine($"  '{file}' could not be read.");
        }

        foreach (var backup in result.Backups)
        {
            output.WriteLine(
                $"The backup '{backup.File}' {(backup.Searched ? "still holds it" : "is encrypted and may hold it")}: it goes after {backup.GoesAfter} more {(backup.GoesAfter == 1 ? "backup" : "backups")}, or when you delete it.");
        }
    }

    private static string What(ForgetPlan plan)
    {
        var facts = Count(plan.Facts.Count(fact => plan.Facts.All(other => other.Supersedes != fact.Id)), "fact");
        var versions = plan.Facts.Count(fact => plan.Facts.Any(other => other.Supersedes == fact.Id));
        return facts + (versions > 0 ? $" with {Count(versions, "older version")}" : "") + (plan.Turns.Count > 0 ? $" and {Count(plan.Turns.Count, "turn")}" : "");
    }

    private static string Count(int number, string one, string? several = null) => $"{number} {(number == 1 ? one : several ?? one + "s")}";
}
