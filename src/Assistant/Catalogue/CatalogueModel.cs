using System.Collections.Immutable;
using PersonalAi.Adapters.Models;

namespace PersonalAi.Assistant.Catalogue;

/// <summary>A model that can be pulled.</summary>
/// <param name="Name">What the user calls it.</param>
/// <param name="Repository">Where the hub keeps it: <c>owner/name</c>.</param>
/// <param name="Licence">What it may be used for.</param>
/// <param name="Variants">Its files, one for each quantisation, in the order of the catalogue; at least one.</param>
internal sealed record CatalogueModel(string Name, string Repository, CatalogueLicence Licence, ImmutableArray<CatalogueVariant> Variants)
{
    public string? Family { get; init; }

    /// <summary>The tokens that it was trained for; null where the catalogue does not say.</summary>
    public int? Context { get; init; }

    /// <summary>Its chat template, for files that carry none; null where the catalogue does not say.</summary>
    public string? Template { get; init; }
}

/// <summary>One quantisation of a model.</summary>
/// <param name="Tag">Its name after the colon: <c>Q4_K_M</c>.</param>
/// <param name="File">Its file at the hub; the first one where it is split.</param>
internal sealed record CatalogueVariant(string Tag, string File)
{
    /// <summary>The size of all its files, exactly; null where only <see cref="RoundedBytes"/> is published, or nothing.</summary>
    public long? Bytes { get; init; }

    /// <summary>The size of all its files as the publisher rounds it.</summary>
    public long? RoundedBytes { get; init; }

    /// <summary>The hash of each file; empty where it is not published.</summary>
    public ImmutableArray<string> Sha256 { get; init; } = [];

    /// <summary>All its files in their order.</summary>
    public ImmutableArray<string> Files => FilesOf(File);

    /// <summary>A file, and those that belong to it where its name says that it is split: <c>-00001-of-00003.gguf</c>.</summary>
    public static ImmutableArray<string> FilesOf(string file) => GgufSplit.PathsOf(file);
}

/// <summary>The licence of a model.</summary>
/// <param name="Id">Its short name.</param>
/// <param name="Name">Its name in full.</param>
internal sealed record CatalogueLicence(string Id, string Name)
{
    /// <summary>Where its text is.</summary>
    public Uri? Text { get; init; }

    /// <summary>What it asks for, in our words.</summary>
    public ImmutableArray<string> Summary { get; init; } = [];

    /// <summary>Whether it has to be accepted by name before a file is fetched.</summary>
    public bool MustBeAccepted { get; init; }
}
