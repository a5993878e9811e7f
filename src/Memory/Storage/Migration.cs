using System.Collections.Immutable;
using System.Globalization;

namespace PersonalAi.Memory.Storage;

/// <summary>One numbered change of the schema.</summary>
/// <param name="Number">The schema version that it leads to, from 1.</param>
/// <param name="Name">The file's name without number and ending.</param>
/// <param name="Sql">Its statements, run in one transaction.</param>
internal sealed record Migration(int Number, string Name, string Sql)
{
    /// <summary>The scripts of the folder Migrations, oldest first.</summary>
    public static ImmutableArray<Migration> All { get; } =
    [
        .. typeof(Migration).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(Read)
            .OrderBy(migration => migration.Number),
    ];

    private static Migration Read(string resource)
    {
        using var reader = new StreamReader(typeof(Migration).Assembly.GetManifestResourceStream(resource)!);
        var name = Path.GetFileNameWithoutExtension(resource);
        return new Migration(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name[5..], reader.ReadToEnd());
    }
}
