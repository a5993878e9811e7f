using System.CommandLine;
using System.Globalization;
using System.Text;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Evaluation;
using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Eval;

/// <summary>Measures how well a model predicts a text, as llama.cpp's llama-perplexity does.</summary>
internal sealed class EvalPerplexityCommand : PaiCommand
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Option<string> _file = new("--file") { Description = "The text, in UTF-8", HelpName = "FILE", Required = true };

    private readonly Option<int> _context = new("--context") { Description = "Tokens in one chunk of the text; figures are comparable only where it is the same", HelpName = "TOKENS", DefaultValueFactory = _ => 512 };

    private readonly Option<int?> _chunks = new("--chunks") { Description = "How many chunks, from the beginning of the text [default: all]", HelpName = "N" };

    private readonly JsonOption _json = new();

    public EvalPerplexityCommand()
        : base(
            "perplexity",
            "Measure how well a model predicts a text: the same figure as llama.cpp's llama-perplexity.",
            "pai eval perplexity --file wiki.test.raw --chunks 20",
            "pai eval perplexity --model llama-2-13b-chat --file wiki.test.raw --json",
            "pai eval perplexity --model llama-2-13b-chat+me@0.8 --file my-letters.txt --context 256")
    {
        Add(_file);
        Add(_context);
        Add(_chunks);
        Add(new SettingOption(Settings.Find("model.name")));
        Add(new SettingOption(Settings.Find("model.threads")));
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var options = OptionsIn(arguments);
        var text = await ReadAsync(arguments.GetRequiredValue(_file), cancellationToken);
        var configured = pai.StartConfiguration.Options.Model;
        using var loading = new ModelProgressDisplay(pai.Console, pai.Time);
        var request = await pai.Loader.CheckAsync(configured, loading, cancellationToken);
        var file = GgufFile.ReadWhole(request.Path);
        RefuseEmbeddingModel(request.Name, file.Metadata);
        using var model = await LoadedModel.LoadAsync(pai.Library, request, file, cancellationToken: cancellationToken);
        options = options with { Threads = configured.Threads == 0 ? null : configured.Threads, Adapters = model.Adapters };

        PerplexityResult result;
        using (var progress = new PerplexityDisplay(pai.Console, pai.Time))
        {
            result = await PerplexityEvaluation.RunAsync(model.Model, text, options, progress, cancellationToken);
        }

        Write(pai, arguments, request.Name, result);
        return ExitCode.Done;
    }

    private PerplexityOptions OptionsIn(ParseResult arguments)
    {
        var (context, chunks) = (arguments.GetValue(_context), arguments.GetValue(_chunks));
        return context < 4 ? throw new UsageException($"'{context}' is not allowed for '--context', which takes a whole number from 4 on.")
            : chunks < 1 ? throw new UsageException($"'{chunks}' is not allowed for '--chunks', which takes a whole number from 1 on.")
            : new PerplexityOptions { ContextLength = context, MaxChunks = chunks };
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return Utf8.GetString(await File.ReadAllBytesAsync(file, cancellationToken));
        }
        catch (DecoderFallbackException)
        {
            throw new UsageException($"The file '{file}' is not UTF-8 text: convert it first.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"There is no file '{file}': check the path.");
        }
    }

    private static void RefuseEmbeddingModel(string name, GgufMetadata metadata)
    {
        if (metadata.TryGet<bool>($"{metadata.GetString("general.architecture")}.attention.causal", out var causal) && !causal)
        {
            throw new ModelException(ModelError.Unsupported, $"The model '{name}' reads texts as a whole, for embeddings, and predicts no tokens: choose one that generates text.");
        }
    }

    private void Write(Composition pai, ParseResult arguments, string model, PerplexityResult result)
    {
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(new
            {
                model,
                engine = pai.Library.Version,
                file = Path.GetFullPath(arguments.GetRequiredValue(_file)),
                perplexity = Math.Round(result.Perplexity, 4),
                standard_error = Math.Round(result.StandardError, 5),
                context_tokens = result.ContextLength,
                result.Chunks,
                result.ScoredTokens,
                result.TextTokens,
            });
            return;
        }

        pai.Console.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{model}: {result.ScoredTokens} tokens of {result.Chunks} chunks of {result.ContextLength} tokens were predicted."));
        pai.Console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"PPL = {result.Perplexity:0.0000} +/- {result.StandardError:0.00000}"));
    }
}
