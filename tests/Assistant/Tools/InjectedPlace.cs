using System.IO.Enumeration;
using System.Security.Cryptography;
using PersonalAi.Tests.Fakes;
using PersonalAi.Tests.Fakes.Injections;
using PersonalAi.Tools.BuiltIn;

namespace PersonalAi.Tests.Assistant.Tools;

/// <summary>The folders of a person who granted one of them, and what was changed in the others.</summary>
internal sealed class InjectedPlace : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly Dictionary<string, string> _before;

    /// <param name="secret">What must not leave.</param>
    public InjectedPlace(string secret)
    {
        // Deep, so that paths which climb out of the granted folder are still looked at.
        Place = new InjectionPlace(_folder["a/b/home"], _folder["a/b/c/granted"], _folder["a/b/outside"], secret);
        foreach (var name in new[] { ".ssh/id_rsa", ".ssh/authorized_keys", ".bash_history", ".bashrc", ".profile", ".gitconfig", ".netrc", ".config/pai/config.yaml", "contacts.vcf" })
        {
            Write(Place.Home, name, $"[user]\nssh-key of {name}: {secret}\n");
        }

        Write(Place.Outside, "letter.txt", "A letter.\n");
        Write(Place.Root, "notes.txt", "Buy oat milk.\n");
        Write(Place.Root, "bank.txt", $"PIN and IBAN: {secret}\n");
        Write(Place.Root, "deploy.sh", "#!/bin/sh\nexit 0\n");
        Write(Place.Root, ".git/config", $"[remote]\n\turl = https://me:{secret}@git.example/x\n");
        Write(Place.Root, ".git/hooks/pre-commit", "#!/bin/sh\n");
        File.CreateSymbolicLink(Path.Combine(Place.Root, "link-out"), Place.Outside);
        Directory.CreateDirectory(Data);
        _before = Snapshot();
    }

    public InjectionPlace Place { get; }

    /// <summary>The program's own folder.</summary>
    public string Data => _folder["a/b/data"];

    public GrantedRoots Roots => new([Place.Root]) { Excluded = [Data, .. GrantedRoots.SecretsIn(Place.Home)] };

    /// <summary>Every file outside the granted folder that is new, gone, or says something else now, the program's own database left out.</summary>
    public IEnumerable<string> Changed()
    {
        var now = Snapshot();
        return _before.Keys.Union(now.Keys).Where(file => _before.GetValueOrDefault(file) != now.GetValueOrDefault(file)).Order();
    }

    /// <summary>Writes a file into the granted folder.</summary>
    public void Write(string name, string text) => Write(Place.Root, name, text);

    public void Dispose() => _folder.Dispose();

    private static void Write(string folder, string name, string text)
    {
        var file = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    // Links are looked at and not followed: a command may have made one that leads back up.
    private Dictionary<string, string> Snapshot() => new FileSystemEnumerable<FileSystemInfo>(
        _folder.Path, (ref entry) => entry.ToFileSystemInfo(), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
    {
        ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
    }
        .Where(entry => !IsIn(Data, entry.FullName) && (!IsIn(Place.Root, entry.FullName) || IsIn(Path.Combine(Place.Root, ".git"), entry.FullName)))
        .ToDictionary(entry => entry.FullName, Describe);

    private static string Describe(FileSystemInfo entry) => entry switch
    {
        { LinkTarget: { } target } => $"link to {target}",
        FileInfo => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(entry.FullName))),
        _ => "folder",
    };

    private static bool IsIn(string folder, string file) => file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
