using System.Globalization;
using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>Writes what was found out about a model for people to read; what comes from the file is made safe to print.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="ink">Sets headings apart.</param>
internal sealed class InspectionText(TextWriter output, Ink ink)
{
    private const string NotSaid = "the file does not say";

    public void Write(InspectedModel model, bool withTensors)
    {
        WriteFile(model);
        WriteNeeds(model);
        if (withTensors)
        {
            output.WriteLine();
            output.WriteTable([["TENSOR", "TYPE", "SHAPE", "SIZE"], .. model.Inspection.Tensors.Select(Row)]);
        }
    }

    private void WriteFile(InspectedModel model)
    {
        var file = model.Inspection;
        output.WriteLine(ink.Bold(Safe(Path.GetFileName(model.Inspection.Path))));
        string[][] rows =
        [
            ["file", $"{Safe(file.Path)} ({Quantity.Bytes(file.FileBytes)})"],
            ["sha256", Trust(model.Entry)],
            ["name", Safe(file.Name ?? NotSaid)],
            ["architecture", Architecture(file)],
            ["parameters", Count(file.Parameters)],
            ["quantisation", Number($"{Safe(file.Quantisation)}, {model.BitsPerWeight:0.0} bits per weight")],
            ["context length", file.ContextLength is { } context ? Number($"{context:N0} tokens") : NotSaid],
            ["vocabulary", Number($"{file.VocabularySize:N0} tokens ({Safe(file.Tokenizer ?? NotSaid)})")],
            ["chat template", Safe(model.Template ?? "none: a base model, for 'pai ask --raw'")],
            ["licence", Safe(file.Licence ?? NotSaid)],
            ["tuned here", TuningText.Way(model.Tuning)],
            ["tensors", $"{file.Tensors.Length}: {string.Join(", ", file.Types.Select(share => $"{share.Tensors} {share.Type} ({Quantity.Bytes(share.Bytes)})"))}"],
        ];
        output.WriteTable(file.Split is { } split ? [.. rows, ["split", $"{split.Count} files"]] : rows);
    }

    private void WriteNeeds(InspectedModel model)
    {
        output.WriteLine();
        output.WriteTable(
        [
            ["NEEDED HERE", .. model.Needs.Select(needs => Number($"{needs.ContextLength:N0} tokens"))],
            Line(model, "weights", needs => needs.WeightBytes),
            Line(model, "keys and values per token, f16", needs => needs.KvBytesPerTokenF16),
            Line(model, "keys and values per token, q8_0", needs => needs.KvBytesPerTokenQ8),
            Line(model, "keys and values, f16", needs => needs.KvBytesF16),
            Line(model, "keys and values, q8_0", needs => needs.KvBytesQ8),
            Line(model, "compute buffers", needs => needs.ComputeBytesWithoutFlashAttention),
            Line(model, "in all, as pai runs it (f16)", needs => needs.TotalBytes),
        ]);
        output.WriteLine();
        var verdict = model.Fits ? ink.Green("it fits") : ink.Yellow("it does not fit: close other programs, or choose a smaller --context or model");
        output.WriteLine($"This machine has {Quantity.Bytes(model.Memory.Total)} of memory, {Quantity.Bytes(model.Memory.Available)} of it available: {verdict}.");
    }

    private static string[] Line(InspectedModel model, string what, Func<ModelNeeds, long> bytes) =>
        [what, .. model.Needs.Select(needs => Quantity.Bytes(bytes(needs)))];

    private static string[] Row(GgufTensor tensor) => [Safe(tensor.Name), $"{tensor.Type}", string.Join(" x ", tensor.Shape), Quantity.Bytes(tensor.Bytes)];

    private static string Trust(ModelEntry entry) => entry.Sha256 is { } sha256 ? $"{sha256} (pinned)" : "not pinned yet: its first use pins it";

    private static string Architecture(ModelInspection file) =>
        $"{Safe(file.Architecture ?? NotSaid)}, {file.Layers ?? 0} layers of width {file.EmbeddingLength ?? 0}, {file.Heads ?? 0} heads, {file.KvHeads ?? 0} of them for keys and values";

    private static string Count(long number) => number switch
    {
        >= 1_000_000_000 => Number($"{number / 1e9:0.00} billion"),
        >= 1_000_000 => Number($"{number / 1e6:0.0} million"),
        _ => Number($"{number:N0}"),
    };

    private static string Safe(string text) => TerminalText.Sanitize(text).Replace('\n', ' ');

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
