using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using CsvHelper.Configuration;

namespace PersonalAi.Assistant.Bench.Routing;

/// <summary>
/// Reads tables of comma-separated values, packed with gzip or not: a column <c>prompt</c>, then one for each of two models with True or
/// False, or a number from 0 to 1. What stands in further columns, such as responses, is passed over.
/// </summary>
internal static class OutcomeFile
{
    private const int LeastRows = 100;
    private const string Prompt = "prompt";

    private static readonly CsvConfiguration Form = new(CultureInfo.InvariantCulture) { Mode = CsvMode.RFC4180, BadDataFound = null };

    /// <summary>The table of a file.</summary>
    /// <exception cref="UsageException">There is no such file, it has another form, or nothing could be measured with it.</exception>
    public static OutcomeTable Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var unpacked = IsPacked(file) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            using var reader = new StreamReader(unpacked);
            using var csv = new CsvParser(reader, Form);
            return Checked(path, Read(path, csv));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"There is no file '{path}': check the path.", e);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or CsvHelperException)
        {
            throw new UsageException($"The file '{path}' cannot be read ({e.Message.Split('\n')[0].TrimEnd('.', '\r')}): give a table of comma-separated values, packed with gzip or not.", e);
        }
    }

    private static bool IsPacked(FileStream file)
    {
        var isPacked = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return isPacked;
    }

    private static OutcomeTable Read(string path, CsvParser csv)
    {
        var columns = csv.Read() ? csv.Record ?? [] : [];
        var prompt = Array.FindIndex(columns, name => name.Trim().Equals(Prompt, StringComparison.OrdinalIgnoreCase));
        if (prompt < 0 || columns.Length < prompt + 3)
        {
            throw new UsageException($"The file '{path}' has no column 'prompt' with the outcomes of two models after it: its first line must be 'prompt,WEAK,STRONG'.");
        }

        var rows = ImmutableArray.CreateBuilder<Outcome>();
        while (csv.Read())
        {
            var record = csv.Record ?? [];
            rows.Add(new Outcome(record.ElementAtOrDefault(prompt) ?? "", Rightness(prompt + 1), Rightness(prompt + 2)));

            double Rightness(int column) => Parse(record.ElementAtOrDefault(column) ?? "")
                ?? throw new UsageException(
                    $"Record {rows.Count + 1} of '{path}' has '{Shown(record.ElementAtOrDefault(column))}' for '{Shown(columns[column])}', which takes True, False, or a number from 0 to 1.");
        }

        return new OutcomeTable(columns[prompt + 1].Trim(), columns[prompt + 2].Trim(), rows.ToImmutable());
    }

    private static OutcomeTable Checked(string path, OutcomeTable table)
    {
        if (table.Rows.Length < LeastRows)
        {
            throw new UsageException($"The file '{path}' has {table.Rows.Length} rows, from which nothing can be told: give a table of at least {LeastRows}.");
        }

        var (first, second) = (table.WeakQuality, table.StrongQuality);
        return Math.Abs(first - second) < 1e-12
            ? throw new UsageException($"Both models of '{path}' are right equally often, so no router can win anything by asking the one for the other: give a table of unequal ones.")
            : first < second ? table
            : new OutcomeTable(table.Strong, table.Weak, [.. table.Rows.Select(row => new Outcome(row.Prompt, row.Strong, row.Weak))]) { IsSwapped = true };
    }

    private static double? Parse(string field) => field.Trim() switch
    {
        var text when bool.TryParse(text, out var right) => right ? 1 : 0,
        var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1 => share,
        _ => null,
    };

    private static string Shown(string? field) => Terminal.TerminalText.OneLine(field is { Length: > 40 } ? field[..40] + "…" : field ?? "");
}
