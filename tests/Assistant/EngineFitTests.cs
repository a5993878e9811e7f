using System.Diagnostics;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant;

/// <summary>Libraries that are not the right ones, in a process of their own: what they do to it must be a sentence, not a crash.</summary>
public sealed class EngineFitTests
{
    [Fact]
    public async Task Another_version_of_the_library_is_refused()
    {
        using var pai = PaiSandbox.WithStories();
        using var engine = new ScratchFolder();
        await CompileAsync(engine.Path, "const char * llama_version(void) { return \"0.1.0\"; }");
        pai.Environment["PAI_ENGINE"] = engine.Path;

        var result = await pai.RunProcessAsync("ask", "Hello");

        Assert.Equal(
            new PaiResult(4, "", $"pai: The llama.cpp library \"{engine.Path}/libllama.so\" does not fit this program, which needs version 0.5.0 or 0.4.0: it is version 0.1.0.\n"),
            result);
    }

    [Fact]
    public async Task Another_layout_of_its_structs_is_refused()
    {
        using var pai = PaiSandbox.WithStories();
        using var engine = new ScratchFolder();
        await CompileAsync(
            engine.Path,
            """
            #include <string.h>
            struct model { char bytes[72]; };
            struct context { char bytes[136]; };
            const char * llama_version(void) { return "0.5.0"; }
            struct model llama_model_default_params(void) { struct model m; memset(&m, 1, sizeof m); return m; }
            struct context llama_context_default_params(void) { struct context c; memset(&c, 1, sizeof c); return c; }
            """);
        pai.Environment["PAI_ENGINE"] = engine.Path;

        var result = await pai.RunProcessAsync("ask", "Hello");

        Assert.Equal(
            new PaiResult(
                4,
                "",
                $"pai: The llama.cpp library \"{engine.Path}/libllama.so\" does not fit this program, which needs version 0.5.0 or 0.4.0: "
                + "llama_model_params has 72 bytes instead of 80.\n"),
            result);
    }

    [Fact]
    public async Task A_file_that_is_no_library_is_refused()
    {
        using var pai = PaiSandbox.WithStories();
        using var engine = new ScratchFolder();
        foreach (var name in new[] { "llama", "ggml", "ggml-base" })
        {
            await File.WriteAllTextAsync(Path.Combine(engine.Path, $"lib{name}.so"), "no library");
        }

        pai.Environment["PAI_ENGINE"] = engine.Path;

        var result = await pai.RunProcessAsync("ask", "Hello");

        Assert.Equal(4, result.ExitCode);
        Assert.StartsWith($"pai: The llama.cpp libraries in \"{engine.Path}\" cannot be loaded (", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    private static async Task CompileAsync(string folder, string llama)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/cc"), "This needs a C compiler on Linux.");
        foreach (var (name, code) in new[] { ("ggml-base", ""), ("ggml", ""), ("llama", llama) })
        {
            var source = Path.Combine(folder, $"{name}.c");
            await File.WriteAllTextAsync(source, code);
            using var compiler = Process.Start("cc", ["-shared", "-fPIC", "-o", Path.Combine(folder, $"lib{name}.so"), source]);
            await compiler.WaitForExitAsync();
            Assert.Equal(0, compiler.ExitCode);
        }
    }
}
