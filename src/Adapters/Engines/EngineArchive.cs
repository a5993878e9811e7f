using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace PersonalAi.Adapters.Engines;

/// <summary>The archive of an npm package with library files: proven by its hash, and unpacked with care even so.</summary>
/// <param name="package">What it must be.</param>
/// <param name="path">The file.</param>
internal sealed partial class EngineArchive(EnginePackage package, string path)
{
    /// <exception cref="ModelException">It has another hash than the package.</exception>
    public void Verify()
    {
        using var file = File.OpenRead(path);
        var actual = $"sha512-{Convert.ToBase64String(SHA512.HashData(file))}";
        if (actual != package.Integrity)
        {
            throw new ModelException(
                ModelError.Changed,
                $"The package \"{package.Name}\" has the hash {actual} instead of {package.Integrity}: it was not installed, choose another source with --from.");
        }
    }

    /// <summary>Writes the library files and the licence into a folder; everything else stays in the archive.</summary>
    /// <exception cref="ModelException">It is no archive, or holds something that a package of libraries has no need of.</exception>
    public void Unpack(string folder, CancellationToken cancellationToken)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var unzipped = new GZipStream(file, CompressionMode.Decompress);
            using var tar = new TarReader(unzipped);
            while (tar.GetNextEntry() is { } entry)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (entry.EntryType is not (TarEntryType.GlobalExtendedAttributes or TarEntryType.Directory) && PlaceOf(entry) is { } place)
                {
                    var target = Path.Combine(folder, place);
                    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                    entry.ExtractToFile(target, overwrite: true);
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new ModelException(ModelError.Corrupt, $"The package \"{package.Name}\" cannot be unpacked ({e.Message.TrimEnd('.')}): choose another source with --from.", e);
        }
    }

    // "package/bins/linux-x64-cuda/libggml.so" and "package/bins/linux-x64-cuda/fallback/libggml-cuda.so" keep what stands after the platform.
    private string? PlaceOf(TarEntry entry)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
        {
            throw Refused(entry, "is a link or a device");
        }

        if (entry.Name.Split('/', '\\').Contains("..") || Path.IsPathRooted(entry.Name) || entry.Name.Contains(':', StringComparison.Ordinal))
        {
            throw Refused(entry, "leaves the folder");
        }

        return LibraryPattern().Match(entry.Name) is { Success: true } library ? library.Groups["place"].Value
            : entry.Name == "package/LICENSE" ? "LICENSE"
            : null;
    }

    private ModelException Refused(TarEntry entry, string reason) => new(
        ModelError.Corrupt, $"The package \"{package.Name}\" holds \"{entry.Name}\", which {reason}: it was not installed, choose another source with --from.");

    [GeneratedRegex(@"^package/bins/[A-Za-z0-9-]+/(?<place>(fallback/)?[A-Za-z0-9._-]+\.(so|dll|dylib))$")]
    private static partial Regex LibraryPattern();
}
