using System.CommandLine;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Audit;

namespace PersonalAi.Assistant.Cli.Tools;

/// <summary>Lists the calls of tools, the newest first.</summary>
internal sealed class ToolsAuditCommand : PaiCommand
{
    private readonly LimitOption _limit = new("calls");
    private readonly JsonOption _json = new();

    public ToolsAuditCommand() : base("audit", "List the calls of tools, the newest first: what was called, why it was allowed, what came of it.", "pai tools audit --limit 100 --json")
    {
        Add(_limit);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var calls = await (await pai.ToolAuditAsync(cancellationToken)).ListAsync(arguments.GetValue(_limit), cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(calls.Select(Json));
        }
        else if (calls.Count == 0)
        {
            await pai.Console.Error.WriteLineAsync("No tool has been called yet.");
        }
        else
        {
            var rows = calls.Select(call => new[] { pai.Time.Describe(call.CalledAt), call.Face, RevealedText.Of(call.Tool), call.Status, RevealedText.Of(call.Reason) });
            pai.Console.Output.WriteTable([["CALLED", "FACE", "TOOL", "STATUS", "WHY"], .. rows]);
        }

        return ExitCode.Done;
    }

    private static object Json(AuditedCall call) => new
    {
        Id = call.Number,
        call.CalledAt,
        call.Face,
        Session = call.Session?.ToString(),
        Turn = call.Turn?.ToString(),
        call.Tool,
        call.Source,
        call.Risk,
        call.ArgumentsSha256,
        call.Untrusted,
        call.Decision,
        call.Approval,
        call.Reason,
        call.Status,
        call.ResultSha256,
        Ms = call.Elapsed.TotalMilliseconds,
    };
}
