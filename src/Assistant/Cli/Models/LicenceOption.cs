using System.CommandLine;
using PersonalAi.Assistant.Catalogue;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>Accepts a model's licence by its name; without it, a person at a terminal is shown it and asked to type its name.</summary>
internal sealed class LicenceOption : Option<string?>
{
    public LicenceOption() : base("--accept-licence")
    {
        Description = "Accept this licence of the model; needed where nobody can be asked";
        HelpName = "NAME";
    }

    /// <summary>Returns when the licence is accepted, now or earlier; what is accepted now is recorded.</summary>
    /// <exception cref="DeniedException">It is not.</exception>
    public async Task RequireAsync(Composition pai, ParseResult arguments, PullPlan plan, CancellationToken cancellationToken = default)
    {
        if (plan.Licence is not { MustBeAccepted: true } licence)
        {
            return;
        }

        var acceptances = new LicenceAcceptances(pai.Models.Folder, pai.Time);
        if (await acceptances.FindAsync(licence, cancellationToken) is not null)
        {
            return;
        }

        var name = arguments.GetValue(this) ?? await AskAsync(pai, plan, licence, cancellationToken);
        if (!string.Equals(name, licence.Name, StringComparison.OrdinalIgnoreCase) && !string.Equals(name, licence.Id, StringComparison.OrdinalIgnoreCase))
        {
            throw new DeniedException($"'{name}' is not the name of the licence of '{plan.Name}', which is '{licence.Name}', so it is not accepted and nothing was fetched.");
        }

        await acceptances.AddAsync(licence, plan, cancellationToken);
    }

    private static async Task<string> AskAsync(Composition pai, PullPlan plan, CatalogueLicence licence, CancellationToken cancellationToken)
    {
        foreach (var line in licence.Summary)
        {
            await pai.Console.Error.WriteLineAsync($"  - {line}");
        }

        await pai.Console.Error.WriteLineAsync($"That is a summary; the licence is at {licence.Text}.");
        return await YesOption.AskAsync(
            pai,
            $"Type '{licence.Name}' to accept it: ",
            $"Nobody can be asked here whether the licence of '{plan.Name}' is accepted; read it at {licence.Text}, and give --accept-licence '{licence.Name}'.",
            cancellationToken);
    }
}
