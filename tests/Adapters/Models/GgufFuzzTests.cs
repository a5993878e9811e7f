using PersonalAi.Adapters;
using PersonalAi.Adapters.Models;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Models;

public sealed class GgufFuzzTests : IDisposable
{
    private const int Mutants = 3000;
    private const long AllocationLimit = 1 << 20;

    private static readonly ulong[] Extremes = [0, 1, 255, 65536, int.MaxValue, uint.MaxValue, 1UL << 62, 1UL << 63, ulong.MaxValue];

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_mutated_header_is_read_or_refused_and_costs_little_memory()
    {
        var original = File.ReadAllBytes(WriteTinyModel());
        var headerLength = (int)GgufFile.Read(_folder["tiny.gguf"]).Tensors.Min(tensor => tensor.Offset);
        var random = new Random(20261121);
        var refused = 0;

        for (var i = 0; i < Mutants; i++)
        {
            File.WriteAllBytes(_folder["mutant.gguf"], Mutate(original, headerLength, random));
            refused += IsRefused(_folder["mutant.gguf"]) ? 1 : 0;
        }

        // Most mutations hit something that is checked; a flipped letter of a token's text is none of our business.
        Assert.InRange(refused, Mutants / 2, Mutants - 1);
    }

    private static bool IsRefused(string path)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Assert.NotNull(ModelInspection.Of(GgufFile.Read(path)).Quantisation);
            return false;
        }
        catch (ModelException)
        {
            return true;
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocationLimit);
        }
    }

    private static byte[] Mutate(byte[] original, int headerLength, Random random)
    {
        byte[] mutant = [.. original];
        switch (random.Next(3))
        {
            case 0:
                return mutant[..random.Next(mutant.Length)];
            case 1:
                for (var flips = random.Next(1, 9); flips > 0; flips--)
                {
                    mutant[random.Next(headerLength)] ^= (byte)(1 << random.Next(8));
                }

                return mutant;
            default:
                BitConverter.TryWriteBytes(mutant.AsSpan(random.Next(headerLength - sizeof(ulong))), Extremes[random.Next(Extremes.Length)]);
                return mutant;
        }
    }

    private string WriteTinyModel()
    {
        var vocabulary = new GgufWriter();
        vocabulary.Add("general.architecture", "llama");
        vocabulary.Add("tokenizer.ggml.model", "gpt2");
        vocabulary.Add("tokenizer.ggml.tokens", new[] { "<unk>", "<s>", "</s>", "a" });
        vocabulary.Add("tokenizer.ggml.scores", new float[4]);
        vocabulary.Add("tokenizer.ggml.token_type", new[] { 2, 3, 3, 1 });
        using (var output = File.Create(_folder["vocabulary.gguf"]))
        {
            vocabulary.WriteTo(output);
        }

        var shape = new LlamaShape() { Layers = 1, Width = 8, Hidden = 8, Heads = 2, KvHeads = 2 };
        return RandomModel.Write(_folder["tiny.gguf"], shape, RandomQuantisation.F32, GgufFile.Read(_folder["vocabulary.gguf"]));
    }
}
