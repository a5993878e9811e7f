using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Assistant.Catalogue;

/// <summary>Which licences the user accepted, when, and what was shown: <c>licences.json</c> in the models folder.</summary>
/// <param name="folder">The models folder.</param>
/// <param name="time">Dates what is accepted.</param>
internal sealed class LicenceAcceptances(string folder, TimeProvider time)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private string File => Path.Combine(folder, "licences.json");

    /// <summary>When a licence was accepted in the words that would be shown now; null where it was not.</summary>
    /// <exception cref="UsageException">The record is damaged.</exception>
    public async Task<DateTimeOffset?> FindAsync(CatalogueLicence licence, CancellationToken cancellationToken = default)
    {
        var shown = ShownSha256(licence);
        return (await ReadAsync(cancellationToken)).FindLast(accepted => accepted.Licence == licence.Id && accepted.ShownSha256 == shown)?.AcceptedAt;
    }

    /// <summary>Records that a licence was accepted for a model.</summary>
    public async Task AddAsync(CatalogueLicence licence, PullPlan plan, CancellationToken cancellationToken = default)
    {
        var accepted = new AcceptedLicence(
            licence.Id, licence.Name, licence.Text, ShownSha256(licence), plan.Name, [.. plan.Files.Select(file => new LicensedFile(file.FileName, file.Sha256))], time.GetUtcNow());
        List<AcceptedLicence> all = [.. await ReadAsync(cancellationToken), accepted];
        Directory.CreateDirectory(folder);
        await AtomicFile.WriteAsync(File, JsonSerializer.Serialize(all, Format) + "\n", cancellationToken);
    }

    private async Task<List<AcceptedLicence>> ReadAsync(CancellationToken cancellationToken)
    {
        if (!System.IO.File.Exists(File))
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize<List<AcceptedLicence>>(await System.IO.File.ReadAllTextAsync(File, cancellationToken), Format) ?? [];
        }
        catch (JsonException e)
        {
            throw new UsageException($"The record of accepted licences '{File}' is damaged ({e.Message.TrimEnd('.')}): repair it, or delete it to be asked again.", e);
        }
    }

    private static string ShownSha256(CatalogueLicence licence) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [licence.Name, $"{licence.Text}", .. licence.Summary]))));
}

/// <summary>One acceptance.</summary>
/// <param name="Licence">Its short name in the catalogue.</param>
/// <param name="Name">The name that was typed.</param>
/// <param name="Text">Where its text was said to be.</param>
/// <param name="ShownSha256">The hash of what was shown: name, address and summary, a line each.</param>
/// <param name="Model">What was pulled.</param>
/// <param name="Files">Its files.</param>
/// <param name="AcceptedAt">When.</param>
internal sealed record AcceptedLicence(
    string Licence, string Name, Uri? Text, string ShownSha256, string Model, IReadOnlyList<LicensedFile> Files, DateTimeOffset AcceptedAt);

/// <summary>A file that a licence was accepted for.</summary>
/// <param name="Name">In the models folder.</param>
/// <param name="Sha256">Its hash, where it was known before it was pulled.</param>
internal sealed record LicensedFile(string Name, string? Sha256);
