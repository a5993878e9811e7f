using System.Diagnostics;
using System.Text;
using PersonalAi.Tests.Fakes;
using PersonalAi.Tools.BuiltIn;

namespace PersonalAi.Tests.Tools.BuiltIn;

/// <summary>A folder that is granted, beside one that is not.</summary>
internal sealed class GrantedFolder : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public GrantedFolder()
    {
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(Outside);
    }

    public string Root => _scratch["granted"];

    public string Outside => _scratch["outside"];

    public GrantedRoots Roots => new([Root]);

    public string this[string name] => Path.Combine(Root, name);

    /// <summary>Writes a file, and the folders on the way to it.</summary>
    public void Write(string name, string text, Encoding? encoding = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text, encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    /// <summary>Makes a symbolic link.</summary>
    public void Link(string name, string target) => File.CreateSymbolicLink(this[name], target);

    /// <summary>Makes a named pipe to which nobody writes.</summary>
    public async Task PipeAsync(string name)
    {
        using var process = Process.Start("mkfifo", [this[name]]);
        await process.WaitForExitAsync();
    }

    public void Dispose() => _scratch.Dispose();
}
