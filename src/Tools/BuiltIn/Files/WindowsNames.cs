namespace PersonalAi.Tools.BuiltIn.Files;

/// <summary>Tells names that mean one file from those that Windows takes for another one.</summary>
internal static class WindowsNames
{
    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "COM", "LPT", "CONIN$", "CONOUT$"];

    /// <summary>Whether no part of the path is a device, a stream within a file, a short name like <c>PROGRA~1</c>, or ends in what Windows drops.</summary>
    /// <param name="relative">The path below its drive.</param>
    public static bool AreOrdinary(string relative) => relative.Split('\\', '/').All(IsOrdinary);

    private static bool IsOrdinary(string name) =>
        !name.Contains(':', StringComparison.Ordinal)
        && name is not [.., '.' or ' ']
        && !IsShort(name)
        && !Devices.Contains(name.Split('.')[0].TrimEnd(' ', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'), StringComparer.OrdinalIgnoreCase);

    private static bool IsShort(string name)
    {
        var tilde = name.IndexOf('~', StringComparison.Ordinal);
        return tilde >= 0 && tilde + 1 < name.Length && char.IsAsciiDigit(name[tilde + 1]);
    }
}
