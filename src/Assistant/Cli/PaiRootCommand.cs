using System.CommandLine;
using System.CommandLine.Help;
using PersonalAi.Assistant.Cli.Adapters;
using PersonalAi.Assistant.Cli.Ask;
using PersonalAi.Assistant.Cli.Backup;
using PersonalAi.Assistant.Cli.Chat;
using PersonalAi.Assistant.Cli.Config;
using PersonalAi.Assistant.Cli.Docs;
using PersonalAi.Assistant.Cli.Engine;
using PersonalAi.Assistant.Cli.Eval;
using PersonalAi.Assistant.Cli.Frontier;
using PersonalAi.Assistant.Cli.Mcp;
using PersonalAi.Assistant.Cli.Memories;
using PersonalAi.Assistant.Cli.Models;
using PersonalAi.Assistant.Cli.Personas;
using PersonalAi.Assistant.Cli.Sessions;
using PersonalAi.Assistant.Cli.Tools;
using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Assistant.Cli;

/// <summary>The root of the command line: the options that every command has, and one line for each command.</summary>
internal sealed class PaiRootCommand : RootCommand
{
    public PaiRootCommand() : base("A personal assistant that runs on this machine, with a local model and a memory of its own.")
    {
        Add(new ChatCommand());
        Add(new AskCommand());
        Add(new ConfigCommand());
        Add(new PersonasCommand());
        Add(new SessionsCommand());
        Add(new MemoryCommand());
        Add(new DocsCommand());
        Add(new ToolsCommand());
        Add(new McpCommand());
        Add(new BackupCommand());
        Add(new RestoreCommand());
        Add(new ModelsCommand());
        Add(new EngineCommand());
        Add(new AdaptersCommand());
        Add(new FrontierCommand());
        Add(new DoctorCommand());
        Add(new BenchCommand());
        Add(new EvalCommand());

        Add(Data);
        Add(PassphraseFile);
        Add(new SettingOption(Settings.Find("log.level")) { Recursive = true });
        Add(Verbose);
        Add(NoColor);
        Options.OfType<VersionOption>().Single().Action = new VersionAction();
        var help = Options.OfType<HelpOption>().Single();
        help.Description = "Show what a command does, its options and examples";
        help.Action = new HelpPage();
        // Plain pai opens the chat.
        var flags = new ChatFlags();
        flags.AddTo(this, hidesSettings: true);
        SetAction(async (arguments, cancellationToken) =>
            (int)await ChatCommand.RunAsync(((PaiInvocation)arguments.InvocationConfiguration).Composition, arguments, flags, cancellationToken));
        HelpName = "pai";
    }

    public Option<string?> Data { get; } = new("--data")
    {
        Description = "Folder of the database, configuration, personas and logs [default: $PAI_DATA, else the platform's application-data folder]",
        HelpName = "DIR",
        Recursive = true,
    };

    /// <summary>Explained where it matters, and not on every page.</summary>
    public Option<string?> PassphraseFile { get; } = new("--passphrase-file")
    {
        Description = "File whose first line is the passphrase of the encrypted memory [default: $PAI_PASSPHRASE, else you are asked]",
        HelpName = "FILE",
        Recursive = true,
        Hidden = true,
    };

    public Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Also write the log to standard error, from level Debug on",
        Recursive = true,
    };

    public Option<bool> NoColor { get; } = new("--no-color")
    {
        Description = "No colours [default: colours on a terminal, unless NO_COLOR is set]",
        Recursive = true,
    };
}
