using System.Text;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Models;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Models;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public static TheoryData<string, byte[], string> Files { get; } = new()
    {
        { "empty", [], "has only 0 bytes" },
        { "a header of 2^63 bytes", [0, 0, 0, 0, 0, 0, 0, 128], "claims a header of 9223372036854775808 bytes and has 8 in all" },
        { "a header larger than the file", [9, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8], "claims a header of 9 bytes and has 10 in all" },
        {
            "an unknown type", Bytes("""{"t":{"dtype":"F4","shape":[2],"data_offsets":[0,1]}}""", 1),
            "has a tensor \"t\" of the unknown type \"F4\""
        },
        {
            "data beyond the end", Bytes("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7),
            "has a tensor \"t\" at 0 to 8, outside its data"
        },
        {
            "data before the beginning", Bytes("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8),
            "has a tensor \"t\" at -8 to 0, outside its data"
        },
        {
            "one offset", Bytes("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8),
            "has a tensor \"t\" at 0, outside its data"
        },
        {
            "bytes that are not the shape's", Bytes("""{"t":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8),
            "has a tensor \"t\" whose 8 bytes are not its shape 3 of F32"
        },
        {
            "a shape that overflows", Bytes("""{"t":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 8),
            "has a tensor \"t\" whose 0 bytes are not its shape 4611686018427387904x4 of F32"
        },
        {
            "a negative extent", Bytes("""{"t":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""", 8),
            "has a tensor \"t\" whose 8 bytes are not its shape -1x-2 of F32"
        },
        {
            "tensors that overlap",
            Bytes("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"u":{"dtype":"U8","shape":[1],"data_offsets":[7,8]}}""", 8),
            "has a tensor \"u\" within the tensor before it"
        },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_embedding_models_tensors_are_found()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "models", "all-minilm-l6-v2", "model.fp16.safetensors");

        var file = SafetensorsFile.Read(path);

        SafetensorsTensor tensor = file.Tensors.Single(tensor => tensor.Name == "embeddings.word_embeddings.weight");
        Assert.Equal([30522, 384], tensor.Shape);
        Assert.Equal((104, "F16", 30522L * 384 * 2), (file.Tensors.Length, tensor.Type, tensor.Bytes));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_hostile_file_is_refused_with_a_sentence(string kind, byte[] bytes, string message)
    {
        var error = Refusal(bytes);

        Assert.True(
            (ModelError.Corrupt, $"The model file \"hostile.safetensors\" {message}: replace it with a whole copy.") == (error.Error, error.Message),
            $"{kind}: {error.Message}");
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("""[1]""")]
    [InlineData("""{"t":5}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2]}}""")]
    [InlineData("""{"t":{"dtype":7,"shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[0.5],"data_offsets":[0,8]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""")]
    public void A_header_that_is_not_what_it_should_be_is_refused(string header)
    {
        var error = Refusal(Bytes(header, 8));

        Assert.Equal(ModelError.Corrupt, error.Error);
        Assert.StartsWith("The model file \"hostile.safetensors\" has a header that cannot be read (", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Bytes(string header, int data) =>
        [.. BitConverter.GetBytes((ulong)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[data]];

    private ModelException Refusal(byte[] bytes)
    {
        File.WriteAllBytes(_folder["hostile.safetensors"], bytes);
        return Assert.Throws<ModelException>(() => SafetensorsFile.Read(_folder["hostile.safetensors"]));
    }
}
