using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace PersonalAi.Memory.Recall.Index;

/// <summary>The codes of one space in memory, scanned whole: 1,000,000 vectors of 384 are 48 MB. New ones are read before each scan.</summary>
// Passages that were forgotten stay until the process ends, as bits without a text: their numbers are not used again, and
// whoever fetches the passages finds nothing.
internal sealed class CodeIndex(long space, int dimensions)
{
    private readonly int _words = SignCode.LengthFor(dimensions) / sizeof(ulong);
    private readonly Lock _lock = new();
    private long[] _passages = new long[64];
    private ulong[] _codes = new ulong[64 * (SignCode.LengthFor(dimensions) / sizeof(ulong))];
    private long _sequence;
    private int _count;

    /// <summary>The space it holds.</summary>
    public long Space => space;

    /// <summary>The passages whose codes differ least, nearest first.</summary>
    public IReadOnlyList<long> Nearest(SqliteConnection connection, ReadOnlySpan<float> vector, int limit)
    {
        var query = MemoryMarshal.Cast<byte, ulong>(SignCode.Of(vector).AsSpan());
        lock (_lock)
        {
            Refresh(connection);
            var distances = new int[_count];
            for (var entry = 0; entry < _count; entry++)
            {
                distances[entry] = SignCode.Distance(_codes.AsSpan(entry * _words, _words), query);
            }

            return Select(distances, limit);
        }
    }

    // Distances are small whole numbers: how many there are of each tells which is the last to be taken.
    private List<long> Select(int[] distances, int limit)
    {
        Span<int> counts = stackalloc int[dimensions + 1];
        counts.Clear();
        foreach (var distance in distances)
        {
            counts[distance]++;
        }

        var (last, taken) = (0, counts[0]);
        while (taken < limit && last < dimensions)
        {
            taken += counts[++last];
        }

        var nearest = new List<(int Distance, long Passage)>(Math.Min(taken, distances.Length));
        for (var entry = 0; entry < distances.Length; entry++)
        {
            if (distances[entry] <= last)
            {
                nearest.Add((distances[entry], _passages[entry]));
            }
        }

        return [.. nearest.OrderBy(entry => entry.Distance).Take(limit).Select(entry => entry.Passage)];
    }

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

    private void Add(long passage, ReadOnlySpan<byte> code)
    {
        if (_count == _passages.Length)
        {
            Array.Resize(ref _passages, 2 * _count);
            Array.Resize(ref _codes, 2 * _codes.Length);
        }

        _passages[_count] = passage;
        MemoryMarshal.Cast<byte, ulong>(code).CopyTo(_codes.AsSpan(_count * _words));
        _count++;
    }
}
