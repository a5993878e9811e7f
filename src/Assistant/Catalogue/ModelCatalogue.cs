using System.Collections.Immutable;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Catalogue;

/// <summary>The models that can be pulled by name: those that are shipped, and the user's, which win where the name is the same.</summary>
/// <param name="Hub">Where their repositories are.</param>
/// <param name="Licences">The licences that they refer to.</param>
/// <param name="Models">In the order of the files.</param>
internal sealed record ModelCatalogue(Uri Hub, ImmutableArray<CatalogueLicence> Licences, ImmutableArray<CatalogueModel> Models)
{
    public const string UsualTag = "Q4_K_M";

    /// <summary>The shipped catalogue, beside the program.</summary>
    public static string ShippedFile => Path.Combine(AppContext.BaseDirectory, "models", "catalogue.yaml");

    /// <exception cref="UsageException">A file is wrong; the sentence names its line.</exception>
    public static ModelCatalogue Load(string shippedFile, string userFile)
    {
        var shipped = CatalogueFile.Read(shippedFile, inherited: null);
        return File.Exists(userFile) ? CatalogueFile.Read(userFile, shipped) : shipped;
    }

    /// <summary>The model of that name.</summary>
    /// <exception cref="UsageException">There is none; the sentence names the nearest.</exception>
    public CatalogueModel Get(string name) =>
        Find(name) ?? throw new UsageException($"The catalogue has no model '{name}'; {DidYouMean.Ending(name, [.. Models.Select(model => model.Name)])}");

    public CatalogueModel? Find(string name) => Models.FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The model that a file of the models folder was pulled as; null where the catalogue does not know it.</summary>
    public CatalogueModel? OfFile(string fileName) => Models.FirstOrDefault(model => model.Variants.Any(variant => variant.File == fileName));

    /// <summary>A model's variant; the usual one where none is named and the model has several.</summary>
    /// <exception cref="UsageException">The model has no such variant.</exception>
    public static CatalogueVariant Variant(CatalogueModel model, string? tag)
    {
        if (tag is null && model.Variants is [{ } only])
        {
            return only;
        }

        var wanted = tag ?? UsualTag;
        return model.Variants.FirstOrDefault(variant => string.Equals(variant.Tag, wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"'{model.Name}' has no variant '{wanted}'; there are {string.Join(", ", model.Variants.Select(variant => variant.Tag))}.");
    }
}
