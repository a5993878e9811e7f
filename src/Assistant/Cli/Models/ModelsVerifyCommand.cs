using System.CommandLine;
using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>Hashes models again, whatever their size and time say.</summary>
internal sealed class ModelsVerifyCommand : PaiCommand
{
    private readonly Argument<string?> _name = new("NAME") { Description = "A model's name or file [default: all in the models folder]", Arity = ArgumentArity.ZeroOrOne };
    private readonly JsonOption _json = new();

    public ModelsVerifyCommand() : base("verify", "Read models whole and compare their hashes; exit code 4 where one changed.",
        "pai models verify",
        "pai models verify tinyllama-1.1b-chat && echo unchanged")
    {
        Add(_name);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ModelVerification> results;
        using (var progress = new ModelProgressDisplay(pai.Console, pai.Time))
        {
            results = await pai.Models.VerifyAsync(arguments.GetValue(_name), progress, cancellationToken);
        }

        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(results.Select(Json));
        }
        else if (results.Count == 0)
        {
            await pai.Console.Error.WriteLineAsync($"There are no models in '{pai.Models.Folder}' yet.");
        }
        else
        {
            pai.Console.Output.WriteTable([["MODEL", "SHA256", "RESULT"], .. results.Select(Row)]);
        }

        return results.Any(result => result.Verdict == ModelVerdict.Changed) ? ExitCode.ModelFailure : ExitCode.Done;
    }

    private static object Json(ModelVerification result) => new
    {
        result.Id,
        result.Path,
        Verdict = result.Verdict.ToJsonName(),
        result.ExpectedSha256,
        result.ActualSha256,
    };

    private static string[] Row(ModelVerification result)
    {
        var id = TerminalText.Sanitize(result.Id);
        return
        [
            id,
            result.ActualSha256[..12],
            result.Verdict switch
            {
                ModelVerdict.Unchanged => "unchanged",
                ModelVerdict.Unknown => "not pinned yet; its first use, or 'pai models pin', pins it",
                _ => $"CHANGED, was {result.ExpectedSha256![..12]}: put the right file back, or trust this one with 'pai models pin {id}'",
            },
        ];
    }
}
