using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PersonalAi.Adapters.Models.Download;

namespace PersonalAi.Assistant.Catalogue;

/// <summary>What one pull brings: the files of one variant of a model, and all that is known about them before.</summary>
/// <param name="Name">The model and its variant, as one would type it: <c>llama-2-13b-chat:Q4_K_M</c>.</param>
/// <param name="Files">In the order of the model; one for most.</param>
internal sealed partial record PullPlan(string Name, ImmutableArray<WantedFile> Files)
{
    /// <summary>The licence; null where the catalogue does not know the model.</summary>
    public CatalogueLicence? Licence { get; init; }

    /// <summary>The size of all files, or what its publisher rounds it to; null where nobody published it.</summary>
    public long? Bytes { get; init; }

    /// <summary>Who is asked for the files, as <see cref="Uri.Authority"/> writes it; null where they are on this machine.</summary>
    public string? Host => Files[0].Source is { IsFile: false } source ? source.Authority : null;

    /// <summary>The plan for a model of the catalogue, or for any other whose file is named by its address.</summary>
    /// <param name="catalogue">What is known.</param>
    /// <param name="reference"><c>NAME</c> or <c>NAME:TAG</c>.</param>
    /// <param name="from">What the user gave as <c>--from</c>; null for the hub.</param>
    /// <exception cref="UsageException">There is no such model, or no such source.</exception>
    public static PullPlan Of(ModelCatalogue catalogue, string reference, string? from)
    {
        var (name, tag) = reference.Split(':', 2) is [var before, var after] ? (before, after) : (reference, null);
        var source = PullSource.Parse(from, catalogue.Hub);
        if (catalogue.Find(name) is null && source.FileName is { } fileName)
        {
            return Unknown(reference, source, fileName);
        }

        var model = catalogue.Get(name);
        var variant = ModelCatalogue.Variant(model, tag);
        var wanted = variant.Files.Zip(source.AddressesOf(model.Repository, variant.Files), (file, address) => new WantedFile(file, address));
        return new PullPlan($"{model.Name}:{variant.Tag}", [.. wanted.Select((file, part) => WithFacts(file, part, variant))])
        {
            Licence = model.Licence,
            Bytes = variant.Bytes ?? variant.RoundedBytes,
        };
    }

    private static WantedFile WithFacts(WantedFile file, int part, CatalogueVariant variant) => file with
    {
        // The size is that of all files together.
        Bytes = variant.Files.Length == 1 ? variant.Bytes : null,
        RoundedBytes = variant.Files.Length == 1 ? variant.RoundedBytes : null,
        Sha256 = variant.Sha256.IsEmpty ? null : variant.Sha256[part],
    };

    // A file that the catalogue does not know goes by the name that the user gives it.
    private static PullPlan Unknown(string reference, PullSource source, string fileName)
    {
        var name = reference.Replace(':', '.');
        if (!NamePattern().IsMatch(name))
        {
            throw new UsageException($"'{reference}' is not a name for a model: use letters, digits, points, hyphens and underscores.");
        }

        var there = CatalogueVariant.FilesOf(fileName);
        var here = there.Length == 1 ? [$"{name}.gguf"] : CatalogueVariant.FilesOf($"{name}-00001-of-{there.Length:D5}.gguf");
        return new PullPlan(reference, [.. here.Zip(source.AddressesOf(repository: null, there), (file, address) => new WantedFile(file, address))]);
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    private static partial Regex NamePattern();
}
