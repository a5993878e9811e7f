using System.Diagnostics;
using PersonalAi.Assistant.Cli;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Tests.Assistant;

/// <summary>Runs pai in a data folder and an environment of its own, in this process or in one of its own.</summary>
internal sealed class PaiSandbox : IDisposable
{
    public PaiSandbox() => Environment["PAI_DATA"] = Data;

    public string Data { get; } = Directory.CreateTempSubdirectory("pai-test-").FullName;

    public string Configuration => Path.Combine(Data, "config.yaml");

    public Dictionary<string, string> Environment { get; } = [];

    public Interrupts Interrupts { get; } = new();

    public async Task<PaiResult> RunAsync(params string[] arguments)
    {
        StringWriter output = new();
        StringWriter error = new();
        ConsoleStreams console = new(() => TextReader.Null, output, error);
        ExitCode code = await PaiRunner.RunAsync(arguments, new ProcessContext(console, Environment.GetValueOrDefault, Interrupts));
        return new PaiResult((int)code, Normal(output.ToString()), Normal(error.ToString()));
    }

    public async Task<PaiResult> RunProcessAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "pai.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in Environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new PaiResult(process.ExitCode, Normal(await output), Normal(await error));
    }

    public string Read(string path) => Normal(File.ReadAllText(Path.Combine(Data, path)));

    public string Write(string path, string text)
    {
        string file = Path.Combine(Data, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose()
    {
        Interrupts.Dispose();
        Directory.Delete(Data, recursive: true);
    }

    private static string Normal(string text) => text.ReplaceLineEndings("\n");
}

/// <summary>How a run of pai ended, and what it printed.</summary>
internal sealed record PaiResult(int ExitCode, string Output, string Error);
