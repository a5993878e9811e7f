namespace PersonalAi.Adapters.Models;

/// <summary>What changes when a file is written in the ordinary way: a cheap sign that it may have to be hashed again.</summary>
internal readonly record struct ModelStamp(long Bytes, DateTimeOffset Modified)
{
    /// <summary>Asks the open file, so that a link is judged by what it leads to.</summary>
    public static ModelStamp Of(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return new ModelStamp(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));
        }
        catch (Exception e) when (ModelFileError.Is(e))
        {
            throw ModelFileError.Reading(path, e);
        }
    }

    public ModelPin Pin(string sha256, ModelPinSource source) => new(Bytes, Modified, sha256, source);
}
