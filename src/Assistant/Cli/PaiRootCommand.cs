using System.CommandLine;
using System.CommandLine.Help;
using PersonalAi.Assistant.Cli.Config;
using PersonalAi.Assistant.Cli.Personas;
using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Assistant.Cli;

/// <summary>The root of the command line: the options that every command has, and one line for each command.</summary>
internal sealed class PaiRootCommand : RootCommand
{
    public PaiRootCommand() : base("A personal assistant that runs on this machine, with a local model and a memory of its own.")
    {
        Add(new ConfigCommand());
        Add(new PersonasCommand());

        Add(Data);
        Add(new SettingOption(Settings.Find("log.level")) { Recursive = true });
        Add(Verbose);
        Add(NoColor);
        Options.OfType<VersionOption>().Single().Action = new VersionAction();
        HelpOption help = Options.OfType<HelpOption>().Single();
        help.Description = "Show what a command does, its options and examples";
        help.Action = new HelpPage();
        // Not the help action itself: that one also swallows what is wrong with a command line.
        SetAction(arguments => ((HelpPage)help.Action).Invoke(arguments));
        HelpName = "pai";
    }

    public Option<string?> Data { get; } = new("--data")
    {
        Description = "Folder of the database, configuration, personas and logs [default: $PAI_DATA, else the platform's application-data folder]",
        HelpName = "DIR",
        Recursive = true,
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
