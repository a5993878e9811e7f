using System.Collections;
using PersonalAi.Adapters.Host;
using PersonalAi.Adapters.Llama;

namespace PersonalAi.Assistant.Configuration;

/// <summary>Where this build's engine process lives, and how it is started.</summary>
internal static class EngineSetup
{
    /// <summary>Where it is reached: a folder of the user's, and a name that no other build has.</summary>
    public static EngineAddress Address(string engineFolder, Func<string, string?> environment) =>
        EngineAddress.Of(RunFolder(environment), $"{Build(typeof(EngineSetup))} {Build(typeof(LlamaLibrary))} {Path.GetFullPath(engineFolder)}");

    /// <summary>How it is started: this program once more, with a stripped environment.</summary>
    public static EngineLaunch Launch(EngineAddress address, EnginePlace engine)
    {
        var (variable, folder) = engine.Variable;
        var environment = EngineLaunch.Strip(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
                .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? "")))
            .SetItem("PAI_RUN", address.Folder)
            .Remove("PAI_ENGINE")
            .SetItem(variable, folder);
        string[] arguments = ["engine", "serve"];

        // Under 'dotnet pai.dll', and in a test, this process is not pai itself.
        return Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "pai"
            ? new EngineLaunch(Environment.ProcessPath!, [.. arguments], environment)
            : new EngineLaunch(DotnetHost, [Path.Combine(AppContext.BaseDirectory, "pai.dll"), .. arguments], environment);
    }

    // The runtime lies in shared/Microsoft.NETCore.App/VERSION below its host.
    private static string DotnetHost => Path.GetFullPath(Path.Combine(
        System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    private static string RunFolder(Func<string, string?> environment) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(environment("PAI_RUN") is { Length: > 0 } folder ? folder : PlatformFolders.Run(environment)));

    private static Guid Build(Type type) => type.Assembly.ManifestModule.ModuleVersionId;
}
