using System.Collections.Frozen;

namespace PersonalAi.Memory.Documents.Ingestion;

/// <summary>Endings of files that hold no text, so that none of them is read to find out.</summary>
internal static class BinaryFiles
{
    private static readonly FrozenSet<string> Endings = (
        ".png .jpg .jpeg .gif .webp .ico .bmp .tif .tiff .heic .avif .psd .mp3 .ogg .wav .flac .m4a .aac .mp4 .mkv .avi .mov .webm "
        + ".zip .gz .tgz .bz2 .xz .zst .7z .rar .tar .jar .war .iso .dmg .deb .rpm .exe .dll .so .dylib .a .lib .o .obj .class .pyc .pdb .wasm "
        + ".woff .woff2 .ttf .otf .eot .db .sqlite .sqlite3 .gguf .safetensors .bin .dat .npy .npz .parquet .pt .onnx")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether files that end so are never text.</summary>
    public static bool Has(string extension) => Endings.Contains(extension);
}
