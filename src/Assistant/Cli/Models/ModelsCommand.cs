using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>Lists the models; fetches, chooses, inspects, verifies, pins and deletes them.</summary>
internal sealed class ModelsCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public ModelsCommand() : base("models", "List the models; fetch, choose, inspect, verify or delete one.",
        "pai models                                   # which are here, and which one answers",
        "pai models inspect ~/models/llama-2-13b-chat.Q4_K_M.gguf",
        "pai models pull llama-2-13b-chat             # fetches the reference model, after asking",
        "pai models use llama-2-13b-chat              # lets it answer")
    {
        Add(_json);
        Add(new ModelsListCommand());
        Add(new ModelsPullCommand());
        Add(new ModelsUseCommand());
        Add(new ModelsRemoveCommand());
        Add(new ModelsQuantizeCommand());
        Add(new ModelsInspectCommand());
        Add(new ModelsFitCommand());
        Add(new ModelsTuneCommand());
        Add(new ModelsVerifyCommand());
        Add(new ModelsPinCommand());
        Add(new ModelsTemplatesCommand());
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        ModelsListCommand.Write(pai, arguments.GetValue(_json));
        return Task.FromResult(ExitCode.Done);
    }
}
