using System.CommandLine;
using System.Globalization;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;
using PersonalAi.Assistant.Catalogue;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>Says what of a model fits this machine: context by cache type by windows that are full at the same time.</summary>
internal sealed class ModelsFitCommand : PaiCommand
{
    private readonly ModelArgument _model = new();
    private readonly Option<int?> _context = new("--context") { Description = "Only this context window", HelpName = "TOKENS" };
    private readonly JsonOption _json = new();

    public ModelsFitCommand() : base("fit", "Say what of a model fits into the memory of this machine.",
        "pai models fit                               # the model that answers",
        "pai models fit llama-2-13b-chat --context 4096",
        "pai ask --fit \"...\"                          # takes what is recommended; so does 'pai config set model.fit true'")
    {
        Add(_model);
        Add(_context);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        if (arguments.GetValue(_context) is <= 0 and var impossible)
        {
            throw new UsageException($"'{impossible}' is not possible for '--context', which takes a number above 0.");
        }

        var machine = pai.ReadMemory();
        GgufFile file;
        try
        {
            file = await _model.ReadAsync(pai, arguments, cancellationToken);
        }
        catch (ModelException e) when (e.Error == ModelError.NotFound && Published(pai, _model.Reference(pai, arguments)) is { } published)
        {
            WriteUnpulled(pai, published.Name, published.Bytes, machine, arguments.GetValue(_json));
            return ExitCode.Done;
        }

        var wishes = pai.StartConfiguration.Options.Model.Wishes();
        var table = FitTable.Of(file, wishes, pai.TuningOf(file)?.Choice, machine, arguments.GetValue(_context));
        if (arguments.GetValue(_json))
        {
            WriteJson(pai, file, table, machine);
        }
        else
        {
            Write(pai, file, table, machine);
        }

        return ExitCode.Done;
    }

    private static void Write(Composition pai, GgufFile file, FitTable table, MachineMemory machine)
    {
        var output = pai.Console.Output;
        output.WriteLine(
            $"{TerminalText.Sanitize(Path.GetFileNameWithoutExtension(file.Path))}: {Quantity.Bytes(table.Options[0].Needs.WeightBytes)} of weights; "
            + $"this machine has {Quantity.Bytes(machine.Total)} of memory, {Quantity.Bytes(machine.Available)} of it available.");
        output.WriteLine();
        var rows = table.Options.GroupBy(option => (option.Context.ContextLength, option.Context.KeyValueType)).Select(row => row.ToList());
        output.WriteTable(
        [
            ["CONTEXT", "KEYS AND VALUES", "1 WINDOW FULL", "2 WINDOWS", "4 WINDOWS"],
            .. rows.Select(row => new[] { Number(row[0].Context.ContextLength!.Value), TuningText.Of(row[0].Context.KeyValueType) }.Concat(row.Select(option => Cell(option, table))).ToArray()),
        ]);
        output.WriteLine();
        output.WriteLine("* recommended   ~ runs, but weights are read from disk again and again   x does not fit");
        output.WriteLine(Gpus(file, table, machine));
        output.WriteLine(table.Recommended is { } best
            ? $"Recommended: {best.Context.ContextLength} tokens of context, {TuningText.Of(best.Context.KeyValueType)}, {Windows(best)} full at the same time; '--fit' takes it once, 'pai config set model.fit true' always."
            : "Nothing fits: close other programs, or take a smaller quantisation or model.");
    }

    private static string Gpus(GgufFile file, FitTable table, MachineMemory machine)
    {
        if (machine.Gpus.IsEmpty)
        {
            return "Layers on a GPU: none, since the engine in use has none; 'pai engine list' shows the others.";
        }

        return (table.Recommended ?? table.Options[0]).Gpu is { } split
            ? $"Layers on GPUs: {split.Layers} of {RunPlan.LayersOf(file)}, {string.Join(", ", split.Shares.Select(share => $"{share.Layers} on {share.Device} ({Quantity.Bytes(share.WeightBytes + share.KvBytes)})"))}, which is not counted above."
            : "Layers on a GPU: none, since there is no room for one, or 'model.gpu_layers' is 0.";
    }

    private static string Cell(FitOption option, FitTable table)
    {
        var mark = option == table.Recommended ? " *" : option.Verdict switch
        {
            MemoryVerdict.ReadsFromDisk => " ~",
            MemoryVerdict.NoRoom => " x",
            _ => "",
        };
        return Quantity.Bytes(option.Needs.TotalBytes) + mark;
    }

    private static void WriteJson(Composition pai, GgufFile file, FitTable table, MachineMemory machine) => pai.Console.Output.WriteJson(new
    {
        Id = pai.Models.Describe(file.Path).Id,
        Memory = machine,
        GpuLayers = table.Recommended?.Gpu?.Layers ?? 0,
        Options = table.Options.Select(Json),
        Recommended = table.Recommended is { } best ? Json(best) : null,
    });

    private static object Json(FitOption option) => new
    {
        ContextTokens = option.Context.ContextLength,
        KvType = TuningText.Of(option.Context.KeyValueType),
        FullWindows = WindowsOf(option),
        option.Context.FlashAttention,
        GpuLayers = option.Gpu?.Layers ?? 0,
        Gpus = option.Gpu?.Shares,
        option.Needs.WeightBytes,
        option.Needs.RepackedBytes,
        option.Needs.KvBytes,
        option.Needs.ComputeBytes,
        RestBytes = MemoryNeeds.RestBytes,
        option.Needs.TotalBytes,
        Verdict = option.Verdict.ToJsonName(),
    };

    private static (string Name, long Bytes)? Published(Composition pai, string reference)
    {
        var (name, tag) = reference.Split(':', 2) is [var before, var after] ? (before, after) : (reference, null);
        if (pai.Catalogue.Find(name) is not { } model)
        {
            return null;
        }

        var variant = ModelCatalogue.Variant(model, tag);
        return (variant.Bytes ?? variant.RoundedBytes) is { } bytes ? ($"{model.Name}:{variant.Tag}", bytes) : null;
    }

    private static void WriteUnpulled(Composition pai, string name, long bytes, MachineMemory machine, bool json)
    {
        var fits = bytes <= machine.Available;
        if (json)
        {
            pai.Console.Output.WriteJson(new { Id = name, WeightBytes = bytes, Memory = machine, WeightsFit = fits, Options = Array.Empty<object>() });
            return;
        }

        pai.Console.Output.WriteLine(
            $"{name}: {Quantity.Bytes(bytes)} of weights, as published; this machine has {Quantity.Bytes(machine.Total)} of memory, {Quantity.Bytes(machine.Available)} of it available: "
            + (fits ? "the weights fit." : "the weights do not fit, so they would be read from disk again and again."));
        pai.Console.Error.WriteLine($"What a context takes stands in the file: fetch it with 'pai models pull {name}', then ask again.");
    }

    private static int WindowsOf(FitOption option) => option.Context.CacheTokens!.Value / option.Context.ContextLength!.Value;

    private static string Windows(FitOption option) => WindowsOf(option) is var windows && windows == 1 ? "one window" : $"{windows} windows";

    private static string Number(int tokens) => tokens.ToString("N0", CultureInfo.InvariantCulture);
}
