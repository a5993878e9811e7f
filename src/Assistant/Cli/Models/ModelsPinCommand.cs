using System.CommandLine;
using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>Trusts a model file as it is now, on the user's word.</summary>
internal sealed class ModelsPinCommand : PaiCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "A model's name or file" };
    private readonly YesOption _yes = new();
    private readonly JsonOption _json = new();

    public ModelsPinCommand() : base("pin", "Trust a model file as it is now, though its bytes changed.",
        "pai models verify llama-2-13b-chat           # says whether it changed",
        "pai models pin llama-2-13b-chat")
    {
        Add(_name);
        Add(_yes);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var path = pai.Models.Resolve(arguments.GetRequiredValue(_name));
        // What is no model is refused before anybody is asked to trust it.
        GgufFile.ReadWhole(path);
        using var progress = new ModelProgressDisplay(pai.Console, pai.Time);
        var parts = await pai.Models.VerifyAsync(path, progress, cancellationToken);
        var now = parts[0];
        foreach (var changed in parts.Where(part => part.Verdict == ModelVerdict.Changed))
        {
            var action = $"trust '{TerminalText.Sanitize(changed.Id)}' with the SHA-256 {changed.ActualSha256} instead of {changed.ExpectedSha256}";
            await _yes.RequireAsync(pai, arguments, action, cancellationToken);
        }

        var pin = parts.All(part => part.Verdict == ModelVerdict.Unchanged)
            ? (await pai.Models.CheckAsync(path, progress, cancellationToken)).Pin
            : await pai.Models.RepinAsync(path, progress, cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(new { now.Id, now.Path, pin.Sha256, Source = pin.Source.ToJsonName() });
        }
        else
        {
            await pai.Console.Output.WriteLineAsync($"'{TerminalText.Sanitize(now.Id)}' is trusted with the SHA-256 {pin.Sha256}.");
        }

        return ExitCode.Done;
    }
}
