using PersonalAi.Memory.Storage;

namespace PersonalAi.Assistant.Cli.Backup;

/// <summary>A backup as <c>--json</c> prints it.</summary>
internal sealed record BackupJson(string Id, string Path, DateTimeOffset MadeAt, int Schema, long Bytes, bool Encrypted)
{
    /// <summary>After how many more backups it will be deleted; null where it lies outside the data folder.</summary>
    public int? RotatesAfter { get; init; }

    public static BackupJson From(StoredBackup backup) => new(
        System.IO.Path.GetFileNameWithoutExtension(backup.Path), backup.Path, backup.MadeAt, backup.Schema, backup.Bytes, backup.IsEncrypted);
}
