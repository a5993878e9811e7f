using System.CommandLine;
using PersonalAi.Assistant.Cli.Tools;

namespace PersonalAi.Assistant.Cli.Chat;

/// <summary>The options of a chat, which <c>pai chat</c> and plain <c>pai</c> share.</summary>
internal sealed class ChatFlags
{
    public Option<bool> Plain { get; } = new("--plain") { Description = "Line by line: nothing moves the cursor; for pipes and screen readers" };

    public Option<string?> Session { get; } = new("--session") { Description = "Take up this session [default: begin a new one]", HelpName = "ID" };

    public Option<bool> Continue { get; } = new("--continue") { Description = "Take up the session that was used last" };

    /// <summary>Which tools may be used.</summary>
    public ToolFlags Tools { get; } = new();

    /// <summary>Gives a command these options.</summary>
    /// <param name="command">The command.</param>
    /// <param name="hidesSettings">Whether its help leaves the settings to that of <c>pai chat</c>.</param>
    public void AddTo(Command command, bool hidesSettings = false)
    {
        foreach (var option in new Option[] { Plain, Session, Continue })
        {
            command.Add(option);
        }

        Tools.AddTo(command, hidesSettings);
        foreach (var setting in SettingOption.OfModelCommands())
        {
            setting.Hidden = hidesSettings;
            command.Add(setting);
        }
    }
}
