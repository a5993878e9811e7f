using System.CommandLine;
using PersonalAi.Assistant.Privacy;

namespace PersonalAi.Assistant.Cli.Privacy;

/// <summary>Says what may leave this machine, and by whose word.</summary>
internal sealed class PolicyCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public PolicyCommand() : base("policy", "Show for each purpose what may leave this machine, where to, and what word of yours it needs.", "pai privacy policy") => Add(_json);

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(EgressPolicy.All.Select(policy => new { Id = EgressText.WordOf(policy.Purpose), policy.Needs, policy.Reaches, policy.Sends }));
            return ExitCode.Done;
        }

        var output = pai.Console.Output;
        await output.WriteLineAsync("Nothing leaves this machine but this:");
        foreach (var policy in EgressPolicy.All)
        {
            await output.WriteLineAsync($"\n{EgressText.WordOf(policy.Purpose)}\n  needs    {policy.Needs}\n  reaches  {policy.Reaches}\n  sends    {policy.Sends}");
        }

        await output.WriteLineAsync("\nThere is no telemetry. Whatever leaves stands in the ledger first ('pai privacy log'). Facts and documents labelled 'never' are in no packet and no call.");
        return ExitCode.Done;
    }
}
