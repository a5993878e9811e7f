namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Limits of reading, so that no file takes the machine with it.</summary>
internal sealed record ReadingOptions
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public long MaxFileBytes { get; init; } = 64L << 20;

    /// <summary>The most that a compressed file may hold once unpacked, and that a PDF may say, in bytes.</summary>
    public long MaxUnpackedBytes { get; init; } = 256L << 20;

    /// <summary>How long a PDF may take.</summary>
    public TimeSpan PdfTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The folder of pdftotext and pdfinfo; null for where the system finds programs.</summary>
    public string? PopplerFolder { get; init; }
}
