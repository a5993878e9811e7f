using PersonalAi.Adapters;
using PersonalAi.Adapters.Models;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Models;

public sealed class GgufFileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_starters_header_is_read()
    {
        var file = GgufFile.Read(TestModels.StarterPath);

        Assert.Equal((3u, 322_591_712L, 201, 22), (file.Version, file.Length, file.Tensors.Length, file.Metadata.Entries.Count));
        Assert.Equal("llama", file.Metadata.GetString("general.architecture"));
        Assert.Equal(22u, file.Metadata.GetUInt32("llama.block_count"));
        Assert.True(file.Metadata.TryGet<string[]>("tokenizer.ggml.tokens", out var tokens));
        Assert.Equal((32_000, "<unk>", "<s>", "</s>"), (tokens.Length, tokens[0], tokens[1], tokens[2]));
    }

    [Fact]
    public void The_starters_tensors_lie_where_they_should()
    {
        var file = GgufFile.Read(TestModels.StarterPath);

        GgufTensor tensor = file.Tensors.Single(tensor => tensor.Name == "blk.0.attn_v.weight");

        Assert.Equal([2048, 256], tensor.Shape);
        Assert.Equal((GgmlType.Q4_K, 736_224L + 78_606_336, 294_912L, 524_288L), (tensor.Type, tensor.Offset, tensor.Bytes, tensor.Elements));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        object[] values =
        [
            (byte)1, (sbyte)-1, (ushort)2, (short)-2, 3u, -3, 4UL, -4L, 0.5f, 0.25, true, "naïve ▁",
            new byte[] { 1 }, new sbyte[] { -1 }, new ushort[] { 2 }, new short[] { -2 }, new uint[] { 3 }, new[] { -3 }, new[] { 4UL },
            new[] { -4L }, new[] { 0.5f }, new[] { 0.25 }, new[] { true, false }, new[] { "a", "" },
        ];
        var writer = new GgufWriter();
        writer.Add("general.architecture", "test");
        for (var i = 0; i < values.Length; i++)
        {
            writer.Add($"value.{i}", values[i]);
        }

        writer.AddTensor("first", GgmlType.Q8_0, [32, 3], (_, output) => output.Write(new byte[3 * 34]));
        writer.AddTensor("second", GgmlType.F32, [2], (_, output) => output.Write([0, 0, 128, 63, 0, 0, 0, 64]));
        var path = Write(writer);

        var file = GgufFile.Read(path);

        Assert.Equal(values, file.Metadata.Entries.Skip(1).Select(entry => entry.Value));
        Assert.Equal(["first", "second"], file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([0, 0, 128, 63, 0, 0, 0, 64], File.ReadAllBytes(path)[(int)file.Tensors[1].Offset..][..8]);
    }

    [Fact]
    public void Tensor_data_of_the_wrong_length_are_not_written()
    {
        var writer = new GgufWriter();
        writer.AddTensor("short", GgmlType.F32, [2], (_, output) => output.Write(new byte[7]));

        var error = Assert.Throws<InvalidOperationException>(() => Write(writer));

        Assert.Equal("The data of the tensor \"short\" are not 8 bytes long.", error.Message);
    }

    [Fact]
    public void Numbers_of_any_width_are_numbers()
    {
        var writer = new GgufWriter();
        writer.Add("general.architecture", "test");
        writer.Add("small", (byte)7);
        writer.Add("large", 7UL);
        writer.Add("negative", -7);
        writer.Add("too.large", ulong.MaxValue);
        var metadata = GgufFile.Read(Write(writer)).Metadata;

        var error = Assert.Throws<ModelException>(() => metadata.GetUInt32("negative"));

        Assert.Equal((7u, 7u), (metadata.GetUInt32("small"), metadata.GetUInt32("large")));
        Assert.False(metadata.TryGetUInt32("too.large", out _));
        Assert.Equal("The model file \"test.gguf\" has no number under \"negative\": replace it with one that has it.", error.Message);
    }

    [Fact]
    public void A_part_of_a_split_model_says_so()
    {
        var writer = new GgufWriter();
        writer.Add("split.no", (ushort)1);
        writer.Add("split.count", (ushort)3);

        var file = GgufFile.Read(Write(writer));

        Assert.Equal(new GgufSplit(1, 3), file.Split);
    }

    [Fact]
    public void Version_2_is_read()
    {
        var path = _folder["test.gguf"];
        File.WriteAllBytes(path, RawGguf.Header(tensors: 0, keys: 1, version: 2).Key("general.architecture", "llama").ToArray());

        Assert.Equal(2u, GgufFile.Read(path).Version);
    }

    [Fact]
    public void An_absent_file_is_not_found()
    {
        var path = _folder["absent.gguf"];

        var error = Assert.Throws<ModelException>(() => GgufFile.Read(path));

        Assert.Equal((ModelError.NotFound, $"There is no model file \"{path}\": check the path."), (error.Error, error.Message));
    }

    [Fact]
    public void A_folder_is_not_a_model()
    {
        var error = Assert.Throws<ModelException>(() => GgufFile.Read(_folder.Path));

        Assert.Equal((ModelError.NotFound, $"\"{_folder.Path}\" is a folder: name the .gguf file in it."), (error.Error, error.Message));
    }

    private string Write(GgufWriter writer)
    {
        using var output = File.Create(_folder["test.gguf"]);
        writer.WriteTo(output);
        return output.Name;
    }
}
