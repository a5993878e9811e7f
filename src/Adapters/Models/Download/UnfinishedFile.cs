using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PersonalAi.Adapters.Models.Download;

/// <summary>
/// A model file that is still coming: <c>FILE.part</c>, and beside it <c>FILE.part.json</c>, which says what it is a part of. Its
/// hash grows with it; one that was left by an earlier run is read again for that. One process has it at a time.
/// </summary>
internal sealed class UnfinishedFile : IDisposable
{
    /// <summary>How much may be lost when the machine stops: what was not yet flushed to the disk is not trusted afterwards.</summary>
    private const long SaveEvery = 64 << 20;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _saved;

    private UnfinishedFile(string path, FileStream file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>What it is a part of; null where nothing of it is here.</summary>
    public PartState? State { get; private set; }

    /// <summary>How much of it is here.</summary>
    public long Length { get; private set; }

    private string StatePath => _path + ".json";

    /// <summary>Opens what an earlier run left, or begins anew.</summary>
    /// <exception cref="ModelException">Another process has it, or it cannot be written.</exception>
    public static UnfinishedFile Open(string path, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var file = new UnfinishedFile(path, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
            try
            {
                file.Resume(progress, cancellationToken);
                return file;
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (IOException e) when (ModelFolderLock.IsHeldElsewhere(e))
        {
            throw new ModelException(ModelError.Failed, $"Another pai is fetching \"{Path.GetFileNameWithoutExtension(path)}\": wait until it is done.", e);
        }
        catch (Exception e) when (ModelFileError.Is(e))
        {
            throw ModelFileError.Writing(path, e);
        }
    }

    /// <summary>Forgets what came, and begins anew.</summary>
    public void Restart(PartState state) => Write(() =>
    {
        _file.SetLength(0);
        _hash.GetHashAndReset();
        Length = _saved = 0;
        WriteState(state with { DoneBytes = 0 });
    });

    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _file.Write(bytes);
        }
        catch (Exception e) when (ModelFileError.Is(e))
        {
            throw ModelFileError.Writing(_path, e);
        }

        _hash.AppendData(bytes);
        Length += bytes.Length;
        if (Length - _saved >= SaveEvery)
        {
            Save();
        }
    }

    /// <summary>Makes sure that what came is still here after a crash of the machine.</summary>
    public void Save() => Write(() =>
    {
        _file.Flush(flushToDisk: true);
        if (State is { } state && Length > _saved)
        {
            WriteState(state with { DoneBytes = Length });
            _saved = Length;
        }
    });

    /// <summary>The hash of what is here, in lower-case hexadecimal digits.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>Throws everything away.</summary>
    public void Delete()
    {
        // Not before it is closed: Windows would refuse.
        Dispose();
        File.Delete(_path);
        File.Delete(StatePath);
    }

    /// <summary>Closes it and leaves the file, without the state, to be moved to its place.</summary>
    public void Complete()
    {
        Save();
        Dispose();
        File.Delete(StatePath);
    }

    public void Dispose()
    {
        _file.Dispose();
        _hash.Dispose();
    }

    private void Resume(IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        State = ReadState();
        var sound = Math.Clamp(State?.DoneBytes ?? 0, 0, _file.Length);
        _file.SetLength(sound);
        var buffer = new byte[1 << 20];
        while (Length < sound)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = _file.Read(buffer);
            _hash.AppendData(buffer, 0, read);
            Length += read;
            progress?.Report(new ModelProgress(Path.GetFileNameWithoutExtension(_path), ModelStage.Hashing, Length, sound));
        }

        _saved = Length;
    }

    private PartState? ReadState()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(StatePath), PartStateJson.Default.PartState);
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException)
        {
            // Nothing that could be gone on with.
            return null;
        }
    }

    private void WriteState(PartState state)
    {
        File.WriteAllBytes(StatePath + ".new", JsonSerializer.SerializeToUtf8Bytes(state, PartStateJson.Default.PartState));
        File.Move(StatePath + ".new", StatePath, overwrite: true);
        State = state;
    }

    private void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (ModelFileError.Is(e))
        {
            throw ModelFileError.Writing(_path, e);
        }
    }
}

/// <summary>What an unfinished file is a part of.</summary>
/// <param name="Source">The address that it was asked for at, before redirects.</param>
/// <param name="ETag">What the server calls these bytes; null where it gave no strong name.</param>
/// <param name="TotalBytes">Size of the whole file.</param>
/// <param name="DoneBytes">How much of it is on the disk for sure.</param>
internal sealed record PartState(Uri Source, string? ETag, long TotalBytes, long DoneBytes);

/// <summary>Reads and writes the state of unfinished files.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PartState))]
internal sealed partial class PartStateJson : JsonSerializerContext;
