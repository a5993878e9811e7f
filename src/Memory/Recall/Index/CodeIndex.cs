using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace PersonalAi.Memory.Recall.Index;

/// <summary>The codes of one space in memory, scanned whole: 100,000 vectors of 384 are 39 MB. New ones are read before each scan.</summary>
// Passages that were forgotten stay until the process ends, as components without a text: their numbers are not used again, and
// whoever fetches the passages finds nothing.
internal sealed class CodeIndex(long space, int dimensions)
{
    private const int BlockSize = 4096;
    private const int WorthThreads = 16;

    private readonly Lock _lock = new();
    private readonly List<Block> _blocks = [];
    private readonly Dictionary<long, int> _places = [];
    private long _sequence;

    /// <summary>The space it holds.</summary>
    public long Space => space;

    /// <summary>The cosine of every vector with another, within a few thousandths.</summary>
    public CodeScan Scan(SqliteConnection connection, ReadOnlySpan<float> vector)
    {
        var (scale, components) = VectorCode.Parts(VectorCode.Of(vector));
        lock (_lock)
        {
            Refresh(connection);
            var cosines = new float[_blocks.Count][];
            void ScanBlock(int block) => cosines[block] = _blocks[block].Cosines(scale, MemoryMarshal.Cast<byte, sbyte>(components.Span));
            if (_blocks.Count >= WorthThreads)
            {
                Parallel.For(0, _blocks.Count, ScanBlock);
            }
            else
            {
                for (var block = 0; block < _blocks.Count; block++)
                {
                    ScanBlock(block);
                }
            }

            return new CodeScan(this, cosines);
        }
    }

    /// <summary>Where the code of a passage lies; null where it has none.</summary>
    internal (int Block, int Entry)? PlaceOf(long passage)
    {
        lock (_lock)
        {
            return _places.TryGetValue(passage, out var place) ? (place / BlockSize, place % BlockSize) : null;
        }
    }

    /// <summary>The passage whose code lies there.</summary>
    internal long PassageAt(int block, int entry) => _blocks[block].Passages[entry];

    private void Refresh(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select sequence, passage, code from vector_codes where space = $space and sequence > $sequence order by sequence";
        command.Parameters.AddWithValue("$space", space);
        command.Parameters.AddWithValue("$sequence", _sequence);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            Add(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
            _sequence = reader.GetInt64(0);
        }
    }

    private void Add(long passage, byte[] code)
    {
        if (_blocks is [] or [.., { Count: BlockSize }])
        {
            _blocks.Add(new Block(dimensions));
        }

        _places[passage] = ((_blocks.Count - 1) * BlockSize) + _blocks[^1].Count;
        _blocks[^1].Add(passage, code);
    }

    private sealed class Block(int dimensions)
    {
        private readonly float[] _scales = new float[BlockSize];
        private readonly sbyte[] _components = new sbyte[BlockSize * dimensions];

        public long[] Passages { get; } = new long[BlockSize];

        public int Count { get; private set; }

        public void Add(long passage, byte[] code)
        {
            var (scale, components) = VectorCode.Parts(code);
            Passages[Count] = passage;
            _scales[Count] = scale;
            MemoryMarshal.Cast<byte, sbyte>(components.Span).CopyTo(_components.AsSpan(Count * dimensions));
            Count++;
        }

        public float[] Cosines(float scale, ReadOnlySpan<sbyte> components)
        {
            var cosines = new float[Count];
            for (var entry = 0; entry < Count; entry++)
            {
                cosines[entry] = scale * _scales[entry] * VectorCode.Dot(_components.AsSpan(entry * dimensions, dimensions), components);
            }

            return cosines;
        }
    }
}

/// <summary>What a scan of all codes found.</summary>
/// <param name="index">Which was scanned.</param>
/// <param name="cosines">The cosine of each entry of each block.</param>
internal sealed class CodeScan(CodeIndex index, float[][] cosines)
{
    /// <summary>The passages with the highest cosines, the highest first.</summary>
    public IReadOnlyList<long> Nearest(int limit)
    {
        var nearest = new PriorityQueue<(int Block, int Entry), float>(limit + 1);
        var least = float.NegativeInfinity;
        for (var block = 0; block < cosines.Length; block++)
        {
            var ofBlock = cosines[block];
            for (var entry = 0; entry < ofBlock.Length; entry++)
            {
                if (ofBlock[entry] <= least)
                {
                    continue;
                }

                nearest.Enqueue((block, entry), ofBlock[entry]);
                if (nearest.Count > limit)
                {
                    nearest.Dequeue();
                    nearest.TryPeek(out _, out least);
                }
            }
        }

        return [.. nearest.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => index.PassageAt(item.Element.Block, item.Element.Entry))];
    }

    /// <summary>The cosine of a passage; null where it has no vector, or got one since.</summary>
    public float? CosineOf(long passage) =>
        index.PlaceOf(passage) is var (block, entry) && block < cosines.Length && entry < cosines[block].Length ? cosines[block][entry] : null;
}
