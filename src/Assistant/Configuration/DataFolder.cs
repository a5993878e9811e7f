namespace PersonalAi.Assistant.Configuration;

/// <summary>The folder of everything that belongs to one person: database, configuration, personas, logs.</summary>
internal sealed record DataFolder(string Path)
{
    public string Configuration => System.IO.Path.Combine(Path, "config.yaml");

    public string Catalogue => System.IO.Path.Combine(Path, "catalogue.yaml");

    public string Database => System.IO.Path.Combine(Path, "pai.db");

    /// <summary>The keys of models elsewhere, where there is no keyring.</summary>
    public string Keys => System.IO.Path.Combine(Path, "keys");

    /// <summary>The user's own prices of models elsewhere.</summary>
    public string Prices => System.IO.Path.Combine(Path, "prices.yaml");

    public string Personas => System.IO.Path.Combine(Path, "personas");

    /// <summary>What the model has read of the sessions, kept so that it need not be read again.</summary>
    public string KvSnapshots => System.IO.Path.Combine(Path, "kv");

    public string Logs => System.IO.Path.Combine(Path, "logs");

    /// <summary>The folder that <c>--data</c> names, else PAI_DATA, else the platform's.</summary>
    public static DataFolder Locate(string? option, Func<string, string?> environment)
    {
        var chosen = new[] { option, environment("PAI_DATA") }.FirstOrDefault(path => !string.IsNullOrWhiteSpace(path));
        return new DataFolder(System.IO.Path.GetFullPath(chosen ?? PlatformFolders.Data(environment)));
    }

    /// <summary>Makes the folder, or one inside it, readable by its owner only; what exists is left as it is.</summary>
    public static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
