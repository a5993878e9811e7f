using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Adapters;

/// <summary>Lists the LoRA adapters; adds, inspects and deletes them.</summary>
internal sealed class AdaptersCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public AdaptersCommand() : base("adapters", "List the LoRA adapters; add, inspect or delete one.",
        "pai adapters                                 # which are here",
        "pai adapters add ~/training/me.gguf          # copies it into the adapters folder",
        "pai ask --model llama-2-13b-chat+me@0.8 \"Write as I do.\"")
    {
        Add(_json);
        Add(new AdaptersListCommand());
        Add(new AdaptersAddCommand());
        Add(new AdaptersInspectCommand());
        Add(new AdaptersRemoveCommand());
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        AdaptersListCommand.Write(pai, arguments.GetValue(_json));
        return Task.FromResult(ExitCode.Done);
    }
}
