using PersonalAi.Tests.Memory;
using PersonalAi.Tests.Tools.Mcp;
using Xunit.MicrosoftTestingPlatform;

namespace PersonalAi.Tests;

/// <summary>Runs the tests; or, when a test starts this program as a second process, what that test needs of it.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        [MemoryChild.Argument, var task, var folder] => MemoryChild.RunAsync(task, folder),
        [McpClientChild.Argument, var server] => McpClientChild.RunAsync(server),
        _ => TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    };
}
