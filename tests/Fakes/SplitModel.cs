using PersonalAi.Adapters.Models;

namespace PersonalAi.Tests.Fakes;

/// <summary>Splits a model into files as llama-gguf-split does: all metadata in the first, tensors one after another.</summary>
internal static class SplitModel
{
    /// <summary>Writes the parts beside each other.</summary>
    /// <param name="source">The model in one file.</param>
    /// <param name="prefix">Path and name of the parts, up to the hyphen before their number.</param>
    /// <param name="count">How many.</param>
    /// <returns>The paths of the parts.</returns>
    public static IReadOnlyList<string> Write(string source, string prefix, int count)
    {
        var model = GgufFile.Read(source);
        var paths = GgufSplit.PathsOf($"{prefix}-00001-of-{count:D5}.gguf");
        var each = (model.Tensors.Length + count - 1) / count;
        for (var part = 0; part < count; part++)
        {
            WritePart(model, paths[part], part, count, [.. model.Tensors.Skip(part * each).Take(each)]);
        }

        return paths;
    }

    private static void WritePart(GgufFile model, string path, int part, int count, GgufTensor[] tensors)
    {
        var writer = new GgufWriter();
        foreach (var (key, value) in part == 0 ? model.Metadata.Entries : [])
        {
            writer.Add(key, value);
        }

        writer.Add("split.no", (ushort)part);
        writer.Add("split.count", (ushort)count);
        writer.Add("split.tensors.count", model.Tensors.Length);
        using var source = File.OpenRead(model.Path);
        foreach (var tensor in tensors)
        {
            writer.AddTensor(tensor.Name, tensor.Type, tensor.Shape.AsSpan(), (_, output) =>
            {
                var bytes = new byte[tensor.Bytes];
                source.Position = tensor.Offset;
                source.ReadExactly(bytes);
                output.Write(bytes);
            });
        }

        using var file = File.Create(path);
        writer.WriteTo(file);
    }
}
