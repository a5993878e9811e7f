using PersonalAi.Memory;
using PersonalAi.Memory.Encryption;

namespace PersonalAi.Tests.Memory.Encryption;

/// <summary>Two secrets of which a database has one, whichever a killed program left it with.</summary>
internal static class TwoSecrets
{
    public static byte[] First { get; } = [.. Enumerable.Repeat((byte)1, 32)];

    public static byte[] Second { get; } = [.. Enumerable.Repeat((byte)2, 32)];

    /// <summary>The one that opens the database.</summary>
    public static byte[] Find(string database)
    {
        try
        {
            KeyFile.Of(database)!.Open(First);
            return First;
        }
        catch (MemoryException error) when (error.Error == MemoryError.WrongKey)
        {
            return Second;
        }
    }

    public static byte[] Other(string database) => Find(database) == First ? Second : First;
}
