using PersonalAi.Memory.Storage;

namespace PersonalAi.Assistant.Doctor;

/// <summary>Which SQLite is here, and what it can do.</summary>
internal sealed class SqliteCheck() : HealthCheck("sqlite", HealthArea.Storage)
{
    protected override Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        var library = SqliteLibrary.Load();
        var source = library.Source == SqliteSource.BuiltHere ? "built here" : "the platform's own";
        var encryption = library.CanEncrypt ? "can encrypt" : "cannot encrypt";
        var vectors = VectorExtension.FindVersion();
        var found = $"SQLite {library.Version}, {source}, {encryption}; {(vectors is null ? "sqlite-vec is not here" : $"sqlite-vec {vectors.TrimStart('v')}")}.";
        var advice = (library.CanEncrypt, vectors) switch
        {
            (true, not null) => null,
            (false, not null) => "Install a C compiler and build the project again to be able to encrypt the database.",
            _ => "Build the project again, which installs sqlite-vec; without it vectors cannot be searched.",
        };
        return Task.FromResult(advice is null ? Finding.Ok(found) : Finding.Warning(found, advice));
    }
}
