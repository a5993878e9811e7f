using PersonalAi.Adapters.Models;

namespace PersonalAi.Assistant.Catalogue;

/// <summary>Finds models of the catalogue that are here already.</summary>
internal static class PulledModel
{
    /// <summary>The file that <c>NAME</c> or <c>NAME:TAG</c> of the catalogue is here as; null where it is not, or is no name of the catalogue.</summary>
    public static string? Find(ModelCatalogue catalogue, ModelStore store, string reference)
    {
        var (name, tag) = reference.Split(':', 2) is [var before, var after] ? (before, after) : (reference, null);
        return catalogue.Find(name)?.Variants
            .Where(variant => tag is null || string.Equals(variant.Tag, tag, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(variant => variant.Tag == ModelCatalogue.UsualTag)
            .Select(variant => Path.Combine(store.Folder, variant.File))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>How a file of the models folder is asked for again: <c>llama-2-13b-chat:Q4_K_M</c>; null where the catalogue does not know it.</summary>
    public static string? ReferenceOf(ModelCatalogue catalogue, string fileName) =>
        catalogue.OfFile(fileName) is { } model ? $"{model.Name}:{model.Variants.First(variant => variant.File == fileName).Tag}" : null;
}
