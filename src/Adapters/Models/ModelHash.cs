namespace PersonalAi.Adapters.Models;

/// <summary>Hashes model files.</summary>
internal static class ModelHash
{
    /// <summary>The SHA-256 of a whole file, in lower-case hexadecimal digits.</summary>
    public static string Of(string path, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        var name = Path.GetFileName(path);
        using var measured = new MeasuredStream(
            Stream.Null, done => progress?.Report(new ModelProgress(name, ModelStage.Hashing, done, file.Length)), cancellationToken);
        file.CopyTo(measured, bufferSize: 1 << 20);
        return measured.Finish();
    }

    /// <summary>A refusal that shows both hashes.</summary>
    public static ModelException Changed(string path, string expected, string actual, string advice) => new(
        ModelError.Changed,
        $"The model file \"{Path.GetFileName(path)}\" has the SHA-256 {actual} instead of {expected}: {advice}.");
}
