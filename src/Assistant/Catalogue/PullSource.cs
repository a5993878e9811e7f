using System.Collections.Immutable;

namespace PersonalAi.Assistant.Catalogue;

/// <summary>Where the files of a model are taken from: a hub or a mirror of one, one file's own address, or a folder or file of this machine.</summary>
internal abstract record PullSource
{
    /// <summary>Whether it names the files themselves, so that the catalogue need not know them.</summary>
    public virtual string? FileName => null;

    /// <summary>What <c>--from</c> names; the hub where it is null.</summary>
    /// <exception cref="UsageException">It is no encrypted address, and nothing on this machine.</exception>
    public static PullSource Parse(string? from, Uri hub)
    {
        if (from is null)
        {
            return new Mirror(hub);
        }

        if (Uri.TryCreate(from, UriKind.Absolute, out var address) && !address.IsFile)
        {
            return Remote(address, from);
        }

        var path = Path.GetFullPath(from);
        return File.Exists(path) ? new OneFile(new Uri(path))
            : Directory.Exists(path) ? new Folder(path)
            : throw new UsageException($"'{from}' is neither an address that begins with https:// nor a folder or file of this machine.");
    }

    /// <summary>The address of each file of a model.</summary>
    /// <param name="repository">Its repository; null where the catalogue does not know the model.</param>
    /// <param name="files">The names of its files at the hub.</param>
    public abstract ImmutableArray<Uri> AddressesOf(string? repository, ImmutableArray<string> files);

    private static PullSource Remote(Uri address, string from)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        {
            throw new UsageException($"'{from}' is not encrypted: --from takes an address that begins with https://, or a folder or file of this machine.");
        }

        if (address.UserInfo.Length > 0)
        {
            throw new UsageException("--from takes no name or password in an address: pai signs in nowhere.");
        }

        return address.AbsolutePath.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase) ? new OneFile(address) : new Mirror(address);
    }

    /// <summary>A hub, or a server with the usual layout of one.</summary>
    private sealed record Mirror(Uri Base) : PullSource
    {
        public override ImmutableArray<Uri> AddressesOf(string? repository, ImmutableArray<string> files) =>
            [.. files.Select(file => new Uri($"{Base.AbsoluteUri.TrimEnd('/')}/{repository}/resolve/main/{file}"))];
    }

    /// <summary>One file's own address; the other files of a split model lie beside it.</summary>
    private sealed record OneFile(Uri Address) : PullSource
    {
        public override string FileName => Uri.UnescapeDataString(Address.Segments[^1]);

        public override ImmutableArray<Uri> AddressesOf(string? repository, ImmutableArray<string> files)
        {
            var named = CatalogueVariant.FilesOf(FileName);
            return named.Length == files.Length
                ? [.. named.Select(file => file == FileName ? Address : new Uri(Address, Uri.EscapeDataString(file) + Address.Query))]
                : throw new UsageException($"'{FileName}' is split into {named.Length} files, and the model has {files.Length}: name the first of its files.");
        }
    }

    /// <summary>A folder with the files in it, or with the layout of a hub.</summary>
    private sealed record Folder(string Path) : PullSource
    {
        public override ImmutableArray<Uri> AddressesOf(string? repository, ImmutableArray<string> files) => [.. files.Select(file => Find(repository!, file))];

        private Uri Find(string repository, string file)
        {
            string[] places = [file, System.IO.Path.Combine(repository, "resolve", "main", file), System.IO.Path.Combine(repository, file)];
            var found = places.Select(place => System.IO.Path.Combine(Path, place)).FirstOrDefault(File.Exists);
            return found is not null ? new Uri(found) : throw new UsageException($"The folder '{Path}' has neither '{file}' nor '{places[1]}'.");
        }
    }
}
