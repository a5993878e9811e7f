using PersonalAi.Assistant.Catalogue;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>Writes what the catalogue offers, and what of it is here.</summary>
internal static class AvailableModels
{
    public static void Write(Composition pai, bool json)
    {
        var all = pai.Catalogue.Models.SelectMany(model => model.Variants, (model, variant) => (model, variant)).ToList();
        if (json)
        {
            pai.Console.Output.WriteJson(all.Select(entry => Json(pai, entry.model, entry.variant)));
            return;
        }

        pai.Console.Output.WriteTable(
            [["MODEL", "SIZE", "CONTEXT", "SHA256", "LICENCE", "STATE"], .. all.Select(entry => Row(pai, entry.model, entry.variant))]);
        pai.Console.Error.WriteLine($"'pai models pull NAME[:TAG]' fetches one; '{pai.Data.Catalogue}' adds to this list.");
    }

    private static object Json(Composition pai, CatalogueModel model, CatalogueVariant variant) => new
    {
        model.Name,
        variant.Tag,
        model.Family,
        model.Repository,
        variant.Files,
        variant.Bytes,
        variant.RoundedBytes,
        variant.Sha256,
        Licence = model.Licence.Name,
        ContextTokens = model.Context,
        model.Template,
        Here = IsHere(pai, variant),
    };

    private static string[] Row(Composition pai, CatalogueModel model, CatalogueVariant variant) =>
    [
        $"{model.Name}:{variant.Tag}",
        (variant.Bytes ?? variant.RoundedBytes) is { } bytes ? Quantity.Bytes(bytes) : "not published",
        $"{model.Context}",
        variant.Sha256.IsEmpty ? "not published" : variant.Sha256[0][..12],
        model.Licence.Name,
        IsHere(pai, variant) ? "here" : variant.Files.Any(file => File.Exists(PathOf(pai, file) + ".part")) ? "begun" : "",
    ];

    private static bool IsHere(Composition pai, CatalogueVariant variant) => variant.Files.All(file => File.Exists(PathOf(pai, file)));

    private static string PathOf(Composition pai, string file) => Path.Combine(pai.Models.Folder, file);
}
