using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PersonalAi.Assistant.Terminal;

/// <summary>Reads a line from the terminal without showing it.</summary>
// Not Console.ReadKey: it leaves the terminal without echo and line editing, which the plain chat leaves to the driver.
[UnsupportedOSPlatform("windows")]
internal static partial class HiddenInput
{
    private const int StandardInput = 0, Now = 0;

    // termios.h: Linux has four bytes for each set of flags, macOS eight; the input flags come first, the local ones fourth.
    private static readonly int FlagsLength = OperatingSystem.IsMacOS() ? 8 : 4;
    private static readonly uint Lines = OperatingSystem.IsMacOS() ? 0x100u : 0x2u, Signals = OperatingSystem.IsMacOS() ? 0x80u : 0x1u;
    private const uint Echo = 0x8, ReturnIsNewLine = 0x100;

    /// <summary>The line; null at the end of input. The terminal is as it was afterwards, also where the waiting was cancelled.</summary>
    public static async Task<string?> ReadLineAsync(CancellationToken cancellationToken = default)
    {
        var before = new byte[256];
        if (tcgetattr(StandardInput, before) != 0)
        {
            return await Task.Run(Read, cancellationToken).WaitAsync(cancellationToken);
        }

        _ = tcsetattr(StandardInput, Now, Hidden(before));
        try
        {
            return await Task.Run(Read, cancellationToken).WaitAsync(cancellationToken);
        }
        finally
        {
            _ = tcsetattr(StandardInput, Now, before);
        }
    }

    private static byte[] Hidden(byte[] before)
    {
        byte[] hidden = [.. before];
        Change(hidden, index: 0, set: ReturnIsNewLine, clear: 0);
        Change(hidden, index: 3, set: Lines | Signals, clear: Echo);
        return hidden;
    }

    // Both systems have the low bits first.
    private static void Change(byte[] settings, int index, uint set, uint clear)
    {
        var flags = settings.AsSpan(index * FlagsLength);
        BinaryPrimitives.WriteUInt32LittleEndian(flags, (BinaryPrimitives.ReadUInt32LittleEndian(flags) | set) & ~clear);
    }

    // The driver hands out one line at a time, so that nothing is taken from whoever reads next.
    private static string? Read()
    {
        using var reader = new StreamReader(new FileStream(new SafeFileHandle(StandardInput, ownsHandle: false), FileAccess.Read, bufferSize: 0), Encoding.UTF8);
        return reader.ReadLine();
    }

    [LibraryImport("libc")]
    private static partial int tcgetattr(int descriptor, Span<byte> settings);

    [LibraryImport("libc")]
    private static partial int tcsetattr(int descriptor, int when, ReadOnlySpan<byte> settings);
}
