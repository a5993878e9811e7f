using System.CommandLine;
using PersonalAi.Assistant.Privacy;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>Hosts that may be reached besides the one that is asked first: hubs keep large files elsewhere and redirect to them.</summary>
internal sealed class AllowHostOption : Option<string[]>
{
    private readonly YesOption _yes;

    public AllowHostOption(YesOption yes) : base("--allow-host")
    {
        _yes = yes;
        Description = "A host that the download may be redirected to; may be repeated [default: you are asked]";
        HelpName = "HOST";
        Arity = ArgumentArity.OneOrMore;
        AllowMultipleArgumentsPerToken = false;
    }

    /// <summary>Returns when a redirect may be followed, and lets requests through to where it leads.</summary>
    /// <exception cref="DeniedException">It may not.</exception>
    public async Task RequireAsync(Composition pai, ParseResult arguments, EgressConsent consent, Uri target, CancellationToken cancellationToken = default)
    {
        if (!consent.Covers(target) && arguments.GetValue(this)?.Contains(target.Authority, StringComparer.OrdinalIgnoreCase) != true)
        {
            var refusal = $"The download is redirected to '{target.Authority}', which you did not name; give --allow-host {target.Authority} to allow it.";
            var answer = arguments.GetValue(_yes)
                ? throw new DeniedException(refusal)
                : await YesOption.AskAsync(pai, $"The file comes from another host, '{target.Authority}'. Fetch it there? [y/N] ", refusal, cancellationToken);
            if (answer.ToUpperInvariant() is not ("Y" or "YES"))
            {
                throw new DeniedException("That was not a yes, so nothing was fetched.");
            }
        }

        consent.Allow(target.Authority);
    }
}
