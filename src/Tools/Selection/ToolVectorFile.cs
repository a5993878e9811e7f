using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace PersonalAi.Tools.Selection;

/// <summary>What the texts of tools mean, on disk, so that not every run has to work it out: vectors under the hashes of the texts.</summary>
/// <param name="path">The file; what cannot be read of it is worked out again.</param>
/// <param name="space">Names the embedding space; vectors of another are not taken.</param>
public sealed class ToolVectorFile(string path, string space)
{
    private const int HashLength = 32;

    private byte[] Head => [.. "pai tool vectors 1\n"u8, .. SHA256.HashData(Encoding.UTF8.GetBytes(space))];

    /// <summary>The vectors of these texts, as far as they are there.</summary>
    public IEnumerable<(string Text, float[] Vector)> Read(IReadOnlyCollection<string> texts)
    {
        var stored = ReadAll();
        return texts.Select(text => (Text: text, Vector: stored.GetValueOrDefault(KeyOf(text)))).Where(entry => entry.Vector is not null).Select(entry => (entry.Text, entry.Vector!));
    }

    /// <summary>Puts these vectors in place of all that the file has. Where it cannot be written, the next run works them out again.</summary>
    public void Write(IReadOnlyDictionary<string, ReadOnlyMemory<float>> vectors)
    {
        try
        {
            var next = $"{path}.{Environment.ProcessId}.new";
            using (var file = new BinaryWriter(File.Create(next)))
            {
                file.Write(Head);
                file.Write(vectors.Values.FirstOrDefault().Length);
                foreach (var (text, vector) in vectors)
                {
                    file.Write(Convert.FromHexString(KeyOf(text)));
                    file.Write(MemoryMarshal.AsBytes(vector.Span));
                }
            }

            File.Move(next, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It saves a second, and nothing depends on it.
        }
    }

    private static string KeyOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private Dictionary<string, float[]> ReadAll()
    {
        try
        {
            var bytes = File.ReadAllBytes(path).AsSpan();
            if (!bytes.StartsWith(Head) || bytes.Length < Head.Length + sizeof(int))
            {
                return [];
            }

            var length = MemoryMarshal.Read<int>(bytes[Head.Length..]) * sizeof(float);
            var entries = bytes[(Head.Length + sizeof(int))..];
            var found = new Dictionary<string, float[]>();
            for (; length > 0 && entries.Length >= HashLength + length; entries = entries[(HashLength + length)..])
            {
                found[Convert.ToHexStringLower(entries[..HashLength])] = MemoryMarshal.Cast<byte, float>(entries.Slice(HashLength, length)).ToArray();
            }

            return found;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
