using System.Collections.Immutable;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Adapters.Engines;

namespace PersonalAi.Assistant.Cli.Engine;

/// <summary>Where the packages of an engine are taken from.</summary>
/// <param name="Addresses">One for each package, in their order.</param>
internal sealed record EngineSource(ImmutableArray<Uri> Addresses)
{
    /// <summary>Who is asked for the packages; null where they are on this machine.</summary>
    public string? Host => Addresses[0] is { IsFile: false } address ? address.Authority : null;

    /// <summary>The registry's addresses, or the archives that <c>--from</c> names: as a registry calls them, or as <c>npm pack</c> does.</summary>
    /// <exception cref="UsageException">There are none, or the registry's address is not encrypted.</exception>
    public static EngineSource Of(EngineBuild build, string? from, string registry)
    {
        if (from is null)
        {
            return new EngineSource([.. build.Packages.Select(package => AddressOf(registry, package, build.Version))]);
        }

        var path = Path.GetFullPath(from);
        if (File.Exists(path) && build.Packages.Length == 1)
        {
            return new EngineSource([new Uri(path)]);
        }

        var folder = Directory.Exists(path) ? path
            : File.Exists(path) ? Path.GetDirectoryName(path)!
            : throw new UsageException($"'{from}' is neither a folder nor a file of this machine.");
        return new EngineSource([.. build.Packages.Select(package => Find(folder, package, build.Version))]);
    }

    private static Uri AddressOf(string registry, EnginePackage package, string version) =>
        Uri.TryCreate($"{registry.TrimEnd('/')}/{package.Name}/-/{NameOf(package)}-{version}.tgz", UriKind.Absolute, out var address) && EgressConsent.IsPrivate(address)
            ? address
            : throw new UsageException($"'{registry}' is not allowed for 'engine.registry', which takes an address that begins with https://.");

    private static Uri Find(string folder, EnginePackage package, string version)
    {
        var asServed = $"{NameOf(package)}-{version}.tgz";
        var asPacked = $"{package.Name.TrimStart('@').Replace('/', '-')}-{version}.tgz";
        var found = new[] { asServed, asPacked }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        return found is not null ? new Uri(found) : throw new UsageException($"The folder '{folder}' has neither '{asServed}' nor '{asPacked}', which 'npm pack {package.Name}@{version}' fetches.");
    }

    private static string NameOf(EnginePackage package) => package.Name.Split('/')[^1];
}
