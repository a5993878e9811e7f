using System.CommandLine;
using PersonalAi.Adapters.Frontier;
using PersonalAi.Assistant.Frontier;

namespace PersonalAi.Assistant.Cli.Frontier;

/// <summary>Keeps the key of a server, or removes it. No key is ever an argument, since other users can read those.</summary>
internal sealed class FrontierKeyCommand : PaiCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "Name of a server, as 'pai frontier list' shows it" };
    private readonly Option<bool> _fromInput = new("--from-stdin") { Description = "Read the key from standard input, in place of asking for it" };
    private readonly Option<bool> _remove = new("--remove") { Description = "Forget the key that was kept" };

    public FrontierKeyCommand() : base("key", "Keep the key of a server: in the keyring of this desktop, else in a file that only you can read.",
        "pai frontier key openai                      # asks for it; what you type is not shown",
        "pass show anthropic | pai frontier key anthropic --from-stdin",
        "pai frontier key openai --remove")
    {
        Add(_name);
        Add(_fromInput);
        Add(_remove);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var server = pai.Frontier.FindServer(arguments.GetRequiredValue(_name));
        var name = server.Endpoint.Name;
        if (arguments.GetValue(_remove))
        {
            await pai.FrontierKeys.RemoveAsync(name, cancellationToken);
            await pai.Console.Output.WriteLineAsync($"No key of '{name}' is kept here now{await RestAsync(pai, name, cancellationToken)}.");
            return ExitCode.Done;
        }

        if (!server.NeedsKey)
        {
            throw new UsageException($"'{name}' is entered with key:none; take that out of frontier.servers first.");
        }

        var key = Key(await ReadAsync(pai, name, arguments.GetValue(_fromInput), cancellationToken));
        var place = await pai.FrontierKeys.KeepAsync(name, key, cancellationToken);
        await pai.Console.Output.WriteLineAsync(place.Kind == KeyPlaceKind.Keyring
            ? $"The key of '{name}' lies in the keyring of this desktop."
            : $"The key of '{name}' lies in '{place.Name}', which only you can read, since there is no keyring here.");
        return ExitCode.Done;
    }

    // What a variable says is not kept here, and goes before what is.
    private static async Task<string> RestAsync(Composition pai, string name, CancellationToken cancellationToken) =>
        await pai.FrontierKeys.LocateAsync(name, cancellationToken) is { } place ? $", but the {place} still has one" : "";

    private static async Task<string> ReadAsync(Composition pai, string name, bool fromInput, CancellationToken cancellationToken)
    {
        if (fromInput)
        {
            return await pai.Console.Input.ReadLineAsync(cancellationToken) ?? "";
        }

        if (!pai.Console.InputIsTerminal || !pai.Console.ErrorIsTerminal)
        {
            throw new DeniedException($"Nobody can be asked here for the key of '{name}'; give it with --from-stdin, or in {FrontierKeys.Variables(name)[0]}.");
        }

        await pai.Console.Error.WriteAsync($"Key of {name}: ");
        var typed = await pai.Console.ReadSecretAsync(cancellationToken);
        await pai.Console.Error.WriteLineAsync();
        return typed ?? throw new DeniedException("The input ended before a key came, so nothing was changed.");
    }

    private static FrontierKey Key(string text)
    {
        try
        {
            return new FrontierKey(text.Trim());
        }
        catch (FormatException error)
        {
            throw new UsageException(error.Message, error);
        }
    }
}
