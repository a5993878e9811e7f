using System.IO.Pipes;
using System.Security.Cryptography;
using System.Text;

namespace PersonalAi.Adapters.Host;

/// <summary>Where one build's engine process of one user is reached, and what it keeps there.</summary>
public sealed class EngineAddress
{
    // sun_path of sockaddr_un holds 104 bytes on macOS and 108 on Linux, the ending zero included.
    private const int LongestSocketPath = 103;
    private const int IdentityDigits = 12;

    private EngineAddress(string folder, string name) => (Folder, Name) = (folder, name);

    /// <summary>The folder, which only the user can enter.</summary>
    public string Folder { get; }

    /// <summary>The name of its files there, without ending: another build has another one, so that they never talk to each other.</summary>
    public string Name { get; }

    /// <summary>Standard error of the engine process, where llama.cpp says why it aborts. Nothing that people wrote is in it.</summary>
    public string Log => Path.Combine(Folder, Name + ".log");

    /// <summary>Held by the engine process as long as it lives.</summary>
    internal string Lock => Path.Combine(Folder, Name + ".lock");

    internal string Socket => Path.Combine(Folder, Name + ".sock");

    // Windows has one name space for all pipes of a machine.
    private string Pipe => OperatingSystem.IsWindows() ? $"pai-{Environment.UserName}-{Name}" : Socket;

    /// <summary>The address of a build's engine.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="identity">Everything that makes this build another one than its neighbours.</param>
    /// <exception cref="ModelException">The folder's path is too long for a socket.</exception>
    public static EngineAddress Of(string folder, string identity)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{folder}\n{identity}")));
        var address = new EngineAddress(folder, "engine-" + hash[..IdentityDigits]);
        return OperatingSystem.IsWindows() || Encoding.UTF8.GetByteCount(address.Socket) <= LongestSocketPath
            ? address
            : throw new ModelException(
                ModelError.Failed,
                $"The engine's socket '{address.Socket}' has a path of more than {LongestSocketPath} bytes, which the system cannot take: set PAI_RUN to a shorter folder.");
    }

    /// <summary>Waits for one client; what was left there by a process that is gone is replaced.</summary>
    internal NamedPipeServerStream Listen()
    {
        var listener = new NamedPipeServerStream(
            Pipe, PipeDirection.InOut, NamedPipeServerStream.MaxAllowedServerInstances, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return listener;
    }

    /// <summary>A connection to the engine process; null where none listens.</summary>
    internal async Task<Stream?> TryConnectAsync(CancellationToken cancellationToken)
    {
#pragma warning disable RS0030 // The pipe of this machine's own engine process, of the same user: nothing leaves the machine through it.
        var pipe = new NamedPipeClientStream(".", Pipe, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        try
        {
            await pipe.ConnectAsync(TimeSpan.Zero, cancellationToken);
            return pipe;
        }
#pragma warning restore RS0030
        catch (Exception e) when (e is TimeoutException or IOException)
        {
            await pipe.DisposeAsync();
            return null;
        }
        catch
        {
            await pipe.DisposeAsync();
            throw;
        }
    }
}
