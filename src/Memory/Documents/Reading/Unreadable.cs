using System.Globalization;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>The one way in which reading fails: the file is named, with the reason and what to do.</summary>
internal static class Unreadable
{
    /// <param name="name">The file.</param>
    /// <param name="reason">What is wrong and what to do, without a full stop, for example 'it is empty'.</param>
    /// <param name="innerException">The error this one was translated from.</param>
    public static MemoryException Because(string name, string reason, Exception? innerException = null) =>
        new(MemoryError.Invalid, $"Could not read '{name}': {reason}.", innerException);

    /// <summary>A count of bytes for a message.</summary>
    public static string Bytes(long count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} bytes");
}
