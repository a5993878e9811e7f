using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PersonalAi.Adapters.Llama.Native;
using PersonalAi.Adapters.Models;

namespace PersonalAi.Adapters.Llama;

/// <summary>Writes models anew with fewer bits, through llama.cpp's own function. One at a time in a process.</summary>
/// <param name="library">The engine, which is thereby known to fit.</param>
public sealed partial class LlamaQuantizer(LlamaLibrary library)
{
    private static readonly Lock OneAtATime = new();

    /// <summary>What a model can be quantised to, as <c>general.file_type</c> names it; some of them need more than pai gives, and say so.</summary>
    public static ImmutableArray<string> Types { get; } = ModelFileType.Quantisations;

    /// <summary>Writes a model with another type of numbers. llama.cpp cannot be stopped while it does that.</summary>
    /// <param name="input">The model as published: F32, F16 or BF16.</param>
    /// <param name="output">The new file; it appears when it is whole.</param>
    /// <param name="type">One of <see cref="Types"/>.</param>
    /// <param name="threads">How many threads compute; null for one on each processor.</param>
    /// <param name="progress">Told in bytes of the input.</param>
    /// <exception cref="ModelException">The input is quantised already, the output is there, or llama.cpp refuses.</exception>
    public Task RunAsync(GgufFile input, string output, string type, int? threads = null, IProgress<ModelProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        output = Path.GetFullPath(output);
        Check(input, output);
        var id = ModelFileType.FindId(type) ?? throw new ArgumentException($"There is no type '{type}'.", nameof(type));
        return Task.Run(() => Run(input, output, id, threads ?? 0, progress));
    }

    private static void Check(GgufFile input, string output)
    {
        if (File.Exists(output))
        {
            throw new ModelException(ModelError.Failed, $"The file \"{output}\" exists already: choose another name, or delete it.");
        }

        if (input.Tensors.FirstOrDefault(tensor => tensor.Type is not (GgmlType.F32 or GgmlType.F16 or GgmlType.BF16)) is { } quantised)
        {
            throw new ModelException(
                ModelError.Unsupported,
                $"The model file \"{Path.GetFileName(input.Path)}\" is quantised already ({quantised.Type}), and would lose quality twice: begin with its F16 or F32 file.");
        }
    }

    private void Run(GgufFile input, string output, uint type, int threads, IProgress<ModelProgress>? progress)
    {
        var unfinished = output + ".part";
        lock (OneAtATime)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(output)!);
                ModelInstallation.EnsureRoom(Path.GetDirectoryName(output)!, input.Length);
                using (NativeLog.Listen(new Watch(input, output, progress).Read))
                {
                    Quantise(input.Path, unfinished, type, threads);
                }

                File.Move(unfinished, output);
            }
            catch (Exception e) when (ModelFileError.Is(e))
            {
                throw ModelFileError.Writing(output, e);
            }
            finally
            {
                File.Delete(unfinished);
            }
        }

        progress?.Report(new ModelProgress(Path.GetFileName(output), ModelStage.Quantising, input.Length, input.Length));
    }

    private unsafe void Quantise(string input, string output, uint type, int threads)
    {
        // Proven to fit when the library was loaded.
        _ = library;
        var parameters = LlamaNative.llama_model_quantize_default_params();
        parameters.ftype = (int)type;
        parameters.nthread = threads;
        NativeLog.Clear();
        if (LlamaNative.llama_model_quantize(input, output, &parameters) != 0)
        {
            var reason = NativeLog.LastError is { Length: > 0 } error ? error.TrimEnd('.') : "it gave no reason";
            throw new ModelException(ModelError.Unsupported, $"llama.cpp could not quantise \"{Path.GetFileName(input)}\": {reason}.");
        }
    }

    /// <summary>Reads from llama.cpp's log how far it is: <c>[   2/  57]  blk.0.attn_q.weight - ...</c> when it begins with a tensor.</summary>
    private sealed partial class Watch(GgufFile input, string output, IProgress<ModelProgress>? progress)
    {
        private readonly FrozenDictionary<string, long> _bytes = input.Tensors.ToFrozenDictionary(tensor => tensor.Name, tensor => tensor.Bytes);
        private long _done;

        public void Read(string line)
        {
            if (TensorLine().Match(line) is { Success: true } match)
            {
                progress?.Report(new ModelProgress(Path.GetFileName(output), ModelStage.Quantising, _done, input.Length));
                _done += _bytes.GetValueOrDefault(match.Groups["name"].Value);
            }
        }

        [GeneratedRegex("^\\[ *[0-9]+/ *[0-9]+\\] +(?<name>[^ ]+) ")]
        private static partial Regex TensorLine();
    }
}
