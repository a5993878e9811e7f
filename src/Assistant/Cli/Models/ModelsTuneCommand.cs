using System.CommandLine;
using PersonalAi.Adapters.Llama.Tuning;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>Measures how a model runs fastest on this machine, and keeps the choice for all models of its kind.</summary>
internal sealed class ModelsTuneCommand : PaiCommand
{
    private readonly ModelArgument _model = new();
    private readonly JsonOption _json = new();

    public ModelsTuneCommand() : base("tune", "Measure how a model runs fastest here, and run it so from now on.",
        "pai models tune                              # the model that answers; best while the machine has nothing else to do",
        "pai models tune llama-2-13b-chat --json",
        "pai config set model.flash_attention off     # overrules what was measured; so do model.kv_type, model.repack, model.threads")
    {
        Add(_model);
        Add(new SettingOption(Configuration.Settings.Find("model.threads")));
        Add(_json);
    }

    /// <summary>Measures a model, shows progress on standard error, and keeps what came out.</summary>
    public static async Task<ModelTuning> MeasureAsync(Composition pai, GgufFile file, CancellationToken cancellationToken)
    {
        var memory = pai.ReadMemory();
        var plan = RunPlan.Propose(file, pai.StartConfiguration.Options.Model.Wishes(), tuned: null, memory);
        var tuner = new ModelTuner(pai.Library, file, memory, pai.Time) { Gpu = plan.Model.Gpu };
        await pai.Console.Error.WriteLineAsync($"Measuring how {Path.GetFileNameWithoutExtension(file.Path)} runs fastest here takes about {Quantity.Duration(tuner.Estimate)}; Ctrl+C stops it.");
        var threads = pai.StartConfiguration.Options.Model.Threads;
        var progress = new TuningLines(pai.Console.Error);
        var tuning = await Task.Run(() => tuner.Run(threads == 0 ? null : threads, progress, cancellationToken), cancellationToken);
        pai.Tunings.Save(tuning);
        return tuning;
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var file = await _model.ReadAsync(pai, arguments, cancellationToken);
        var tuning = await MeasureAsync(pai, file, cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(Json(pai.Models.Describe(file.Path).Id, tuning));
        }
        else
        {
            Write(pai.Console.Output, tuning);
        }

        return ExitCode.Done;
    }

    private static void Write(TextWriter output, ModelTuning tuning)
    {
        output.WriteTable(
        [
            ["TOKENS/S", "DEPTH", "PROMPT", "ANSWER", "DEPTH", "PROMPT", "ANSWER", "TYPICAL TURN"],
            .. tuning.Measurements.Select(way => new[]
            {
                TuningText.Of(way.Choice),
                $"{way.Shallow.Depth}", TuningText.Rate(way.Shallow.PromptTokensPerSecond), TuningText.Rate(way.Shallow.TokensPerSecond),
                $"{way.Deep.Depth}", TuningText.Rate(way.Deep.PromptTokensPerSecond), TuningText.Rate(way.Deep.TokensPerSecond),
                Quantity.Duration(way.TypicalTurn),
            }),
        ]);
        foreach (var speed in tuning.Threads)
        {
            output.WriteLine($"{speed.Threads} threads: {TuningText.Rate(speed.TokensPerSecond)} tokens/s");
        }

        output.WriteLine();
        output.WriteLine($"{tuning.Key.Model} runs here with {TuningText.Of(tuning)}.");
    }

    private static object Json(string id, ModelTuning tuning) => new
    {
        Id = id,
        tuning.Key.Machine,
        Kind = tuning.Key.Model,
        tuning.Measured,
        Choice = TunedChoiceJson.Of(tuning.Choice),
        Threads = tuning.BestThreads,
        ThreadSpeeds = tuning.Threads,
        Measurements = tuning.Measurements.Select(way => new { Choice = TunedChoiceJson.Of(way.Choice), way.Shallow, way.Deep, TypicalTurnMs = Math.Round(way.TypicalTurn.TotalMilliseconds) }),
    };

    /// <summary>A line for each step, so that it can be read in a log, too.</summary>
    private sealed class TuningLines(TextWriter output) : IProgress<TuningProgress>
    {
        public void Report(TuningProgress value) =>
            output.WriteLine($"  {value.Done + 1} of {value.Steps}: {value.Doing}{(value.Left is { } left ? $", about {Quantity.Duration(left)} left" : "")}");
    }
}
