using System.CommandLine;
using System.CommandLine.Parsing;
using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Assistant.Cli;

/// <summary>A setting as an option of a command; what is given on the command line wins over every other layer.</summary>
internal sealed class SettingOption : Option<string?>
{
    public SettingOption(Setting setting) : base(setting.Flag ?? throw new ArgumentException($"'{setting.Name}' has no flag.", nameof(setting)))
    {
        Setting = setting;
        if (setting is Setting<bool>)
        {
            // The option alone says it.
            Arity = ArgumentArity.Zero;
            Description = $"{setting.Description} [setting {setting.Name}]";
        }
        else
        {
            Description = $"{setting.Description}: {setting.Allowed} [setting {setting.Name}]";
            HelpName = setting.Unit.Length > 0 ? setting.Unit.ToUpperInvariant() : "VALUE";
        }

        Validators.Add(Validate);
    }

    public Setting Setting { get; }

    /// <summary>The options of every command that talks to a model.</summary>
    public static IEnumerable<SettingOption> OfModelCommands() =>
        Settings.All.Where(setting => setting.Flag is not null && setting.Name != "log.level").Select(setting => new SettingOption(setting));

    /// <summary>What the command line sets.</summary>
    public static IEnumerable<Assignment> GivenIn(ParseResult arguments) =>
        from result in Results(arguments.CommandResult)
        where !result.Implicit
        let option = result.Option as SettingOption
        where option is not null
        select new Assignment(option.Setting, option.Setting is Setting<bool> ? "true" : result.GetValueOrDefault<string>()!, new Origin(Layer.CommandLine, option.Name));

    private static IEnumerable<OptionResult> Results(CommandResult command) =>
        (command.Parent is CommandResult parent ? Results(parent) : []).Concat(command.Children.OfType<OptionResult>());

    private void Validate(OptionResult result)
    {
        if (result.Tokens is [{ } token] && Setting.ValueOf(token.Value) is null)
        {
            result.AddError(new Assignment(Setting, token.Value, new Origin(Layer.CommandLine, Name)).Problem);
        }
    }
}
