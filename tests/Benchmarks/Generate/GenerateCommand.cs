using System.CommandLine;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Tests.Fakes;

namespace PersonalAi.Benchmarks.Generate;

/// <summary>Writes a model of a known shape with random weights: it talks nonsense at the speed of the real one.</summary>
internal sealed class GenerateCommand : Command
{
    /// <summary>More than the metadata and the padding of any of these models.</summary>
    private const long MetadataRoom = 16 << 20;

    private readonly Option<string> _shape = new("--shape") { Description = "Whose extents the model gets", DefaultValueFactory = _ => "llama-2-13b" };

    private readonly Option<RandomQuantisation> _type = new("--type") { Description = "How its matrices are stored", DefaultValueFactory = _ => RandomQuantisation.Q4_0 };

    private readonly Option<FileInfo> _vocabulary = new("--vocabulary") { Description = "The GGUF file whose tokens it gets", Required = true };

    private readonly Option<FileInfo> _out = new("--out") { Description = "Where to write it", Required = true };

    private readonly Option<int> _seed = new("--seed") { Description = "Other seeds give other weights", DefaultValueFactory = _ => 42 };

    public GenerateCommand() : base("generate", "Write a GGUF model of a known shape with random weights.")
    {
        _shape.AcceptOnlyFromAmong([.. NamedShapes.All.Keys.Order(StringComparer.Ordinal)]);
        _vocabulary.AcceptExistingOnly();
        foreach (var option in new Option[] { _shape, _type, _vocabulary, _out, _seed })
        {
            Add(option);
        }

        SetAction((arguments, cancellationToken) => Task.Run(() => Run(arguments, cancellationToken), cancellationToken));
    }

    private int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        var path = arguments.GetRequiredValue(_out).FullName;
        try
        {
            var writer = new RandomModelWriter(
                NamedShapes.All[arguments.GetRequiredValue(_shape)],
                arguments.GetValue(_type),
                GgufFile.Read(arguments.GetRequiredValue(_vocabulary).FullName),
                arguments.GetValue(_seed));
            ModelInstallation.EnsureRoom(Path.GetDirectoryName(path)!, writer.Bytes + MetadataRoom);
            Write(writer, path, cancellationToken);
            return 0;
        }
        catch (ModelException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    /// <summary>Beside its place first, so that a file of that name is always whole.</summary>
    private static void Write(RandomModelWriter writer, string path, CancellationToken cancellationToken)
    {
        var unfinished = path + ".part";
        try
        {
            using (var progress = new ProgressDisplay(ConsoleStreams.OfThisProcess(), $"Writing {Path.GetFileName(path)}", writer.Bytes, TimeProvider.System))
            using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 20))
            using (var measured = new MeasuredStream(file, progress.Report, cancellationToken))
            {
                writer.WriteTo(measured);
                Console.Out.WriteLine($"sha256 {measured.Finish()}");
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
