using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Tools;

/// <summary>Runs the calls of one turn: checks each, has it allowed, keeps it to its limits, and makes a result of whatever happens.</summary>
/// <param name="policy">Decides which calls run.</param>
/// <param name="gate">Asks the user where the policy says so.</param>
/// <param name="face">Where the user sits.</param>
/// <param name="limits">What a call may take.</param>
/// <param name="logger">Told of faults in tools.</param>
public sealed partial class ToolRunner(ToolPolicy policy, IToolGate gate, ToolFace face, ToolLimits limits, ILogger<ToolRunner> logger)
{
    private readonly Dictionary<(string Name, string Arguments), int> _made = [];
    private int _refusals;

    /// <summary>Runs a call.</summary>
    /// <param name="tool">The tool that the call names; null where there is none.</param>
    /// <param name="call">The call.</param>
    /// <param name="taint">The untrusted text that the model had before it.</param>
    /// <param name="cancellationToken">Stops the tool.</param>
    /// <returns>What came of it; only cancellation throws.</returns>
    public async Task<ToolOutcome> RunAsync(Tool? tool, ToolCall call, Taint taint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (tool is null)
        {
            return new ToolOutcome(ToolStatus.Invalid, $"There is no tool '{VisibleText.OfName(call.Name)}' here; use one of those that are listed, or none.");
        }

        if (await ArgumentCheck.ProblemAsync(tool.Function.JsonSchema, call.Arguments, cancellationToken) is { } problem)
        {
            return new ToolOutcome(ToolStatus.Invalid, $"The arguments of {tool.Name} are wrong: {problem}. Correct them and call it again.");
        }

        if (IsMadeTooOften(call))
        {
            return new ToolOutcome(ToolStatus.Repeated, "The same call was made before and gives the same result: answer with what is known.");
        }

        var request = new ToolRequest(call, tool, taint, face);
        if (!IsReachKnown(request))
        {
            return new ToolOutcome(ToolStatus.Invalid, $"The arguments of {tool.Name} name a place that cannot be. Correct them and call it again.");
        }

        var permission = await PermitAsync(request, cancellationToken);
        var outcome = permission.IsGiven
            ? await InvokeAsync(tool, call, taint, cancellationToken)
            : new ToolOutcome(ToolStatus.Denied, $"The call was not allowed ({permission.Reason}): go on without it, and tell the user what could not be done.");
        return outcome with { Reason = permission.Reason, Ground = permission.Ground, Decision = permission.Decision, Approval = permission.Approval };
    }

    // A call of which nobody can tell what it reaches is not one that rules could decide.
    private bool IsReachKnown(ToolRequest request)
    {
        try
        {
            return request.Reach.Paths.All(path => RulePath.FormsOf(path).Count > 0);
        }
#pragma warning disable CA1031 // Tools are other people's code: whatever they throw, the call does not run.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFault(request.Tool.Name, error);
            return false;
        }
    }

    private async Task<Permission> PermitAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        var verdict = await policy.DecideAsync(request, cancellationToken);
        if (verdict.Decision != PolicyDecision.Ask)
        {
            return new Permission(verdict.Decision == PolicyDecision.Allow, verdict.Reason, verdict.Ground, verdict.Decision);
        }

        // A model that asks for one call after another must not wear the user out.
        if (_refusals >= limits.Refusals)
        {
            return new Permission(IsGiven: false, "the user has said no to other calls and is not asked again in this turn", "the user had said no to other calls of the turn", PolicyDecision.Ask);
        }

        var approval = await gate.AskAsync(request with { Proposal = verdict.Proposal }, verdict.Ground, cancellationToken);
        _refusals += approval == Approval.No ? 1 : 0;
        if (approval is Approval.Session or Approval.Always && verdict.Proposal is { } rule)
        {
            policy.Add(rule);
        }

        var (reason, ground) = approval switch
        {
            Approval.No => ("the user said no", $"the user said no, asked since {verdict.Ground}"),
            Approval.Impossible => ($"it needs approval and nobody can be asked: {verdict.Reason}", $"nobody could be asked, though {verdict.Ground}"),
            _ => ("the user said yes", $"the user said yes, asked since {verdict.Ground}"),
        };
        return new Permission(approval is not (Approval.No or Approval.Impossible), reason, ground, PolicyDecision.Ask) { Approval = approval };
    }

    private async Task<ToolOutcome> InvokeAsync(Tool tool, ToolCall call, Taint taint, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(limits.Time);
        try
        {
            var arguments = new AIFunctionArguments(call.Arguments.EnumerateObject().ToDictionary(argument => argument.Name, argument => (object?)argument.Value))
            {
                // A tool that keeps what it is given must know where that may come from.
                Context = new Dictionary<object, object?> { [typeof(Taint)] = taint },
            };

            // A tool that does not look at its token must not hold the turn.
            var result = await tool.Function.InvokeAsync(arguments, limit.Token).AsTask().WaitAsync(limit.Token);
            return Succeeded(tool, call, result) with { Elapsed = Stopwatch.GetElapsedTime(started) };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"{tool.Name} did not end within {limits.Time.TotalSeconds:0} seconds and was stopped.");
        }
        catch (ToolException error)
        {
            return Failed(error.Message);
        }
#pragma warning disable CA1031 // Tools are other people's code: whatever they throw is a result, and the turn goes on.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFault(tool.Name, error);
            return Failed($"{tool.Name} failed: {error.GetType().Name}.");
        }

        ToolOutcome Failed(string message) => new(ToolStatus.Failed, Cut(message))
        {
            Origin = OriginOf(tool, call),
            Elapsed = Stopwatch.GetElapsedTime(started),
        };
    }

    private ToolOutcome Succeeded(Tool tool, ToolCall call, object? result)
    {
        var text = TextOf(result);
        return new ToolOutcome(ToolStatus.Succeeded, Cut(text))
        {
            Origin = result is ToolAnswer answer ? answer.Origin : OriginOf(tool, call),
            ResultSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
        };
    }

    private static string? OriginOf(Tool tool, ToolCall call) => tool.Trust == ToolTrust.Own ? null : tool.OriginOf(call.Arguments);

    private string Cut(string text) => text.Length <= limits.ResultLength ? text : CutText.At(text, limits.ResultLength, "; ask for a smaller part");

    private bool IsMadeTooOften(ToolCall call)
    {
        var key = (call.Name, call.CanonicalArguments);
        var made = _made.GetValueOrDefault(key);
        _made[key] = made + 1;
        return made >= limits.SameCalls;
    }

    private static string TextOf(object? result) => result switch
    {
        null => "",
        string text => text,
        ToolAnswer answer => answer.Text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        JsonElement value => value.GetRawText(),
        _ => JsonSerializer.Serialize(result, AIJsonUtilities.DefaultOptions),
    };

    private sealed record Permission(bool IsGiven, string Reason, string Ground, PolicyDecision Decision)
    {
        public Approval? Approval { get; init; }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The tool {Tool} failed with an error that is not its own.")]
    private partial void LogFault(string tool, Exception error);
}
