using System.CommandLine;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Config;

/// <summary>Shows what is configured, and where each value comes from.</summary>
internal sealed class ConfigCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public ConfigCommand() : base("config", "Show every setting in force and where its value comes from; change one.",
        "pai config                                   # defaults < config.yaml < persona < environment < command line",
        "pai config set sampling.temperature 0.3",
        "PAI_MODEL=llama-2-7b-chat pai config --json")
    {
        Add(_json);
        Add(new ConfigGetCommand());
        Add(new ConfigSetCommand());
        Add(new ConfigPathCommand());
        Add(new ConfigInitCommand());
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var configuration = pai.StartConfiguration;
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(Settings.All.Select(setting => new
            {
                Id = setting.Name,
                Value = setting.ValueIn(configuration.Options),
                Default = setting.ValueIn(configuration.Defaults),
                setting.Unit,
                setting.Allowed,
                setting.Description,
                setting.Variable,
                Source = configuration.OriginOf(setting).Layer.ToJsonName(),
                configuration.OriginOf(setting).Place,
            }));
        }
        else
        {
            var rows = Settings.All.Select(setting => new[]
            {
                setting.Name, setting.TextIn(configuration.Options), setting.Unit, configuration.OriginOf(setting).ToString(),
            });
            pai.Console.Output.WriteTable([["SETTING", "VALUE", "UNIT", "FROM"], .. rows]);
        }

        return Task.FromResult(ExitCode.Done);
    }
}
