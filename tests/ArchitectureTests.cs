using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Xunit;

namespace PersonalAi.Tests;

public sealed class ArchitectureTests
{
    private static readonly ImmutableArray<string> Clients =
        ["System.Net.Http.HttpClient", "System.Net.Http.HttpMessageInvoker", "System.Net.Http.SocketsHttpHandler", "System.Net.Http.HttpClientHandler"];

    private static readonly ImmutableArray<string> Sockets =
    [
        "System.Net.Dns", "System.Net.WebClient", "System.Net.WebRequest", "System.Net.HttpWebRequest", "System.Net.Mail.SmtpClient", "System.Net.NetworkInformation.Ping",
        "System.Net.Quic.QuicConnection", "System.Net.Sockets.Socket", "System.Net.Sockets.TcpClient", "System.Net.Sockets.UdpClient", "System.Net.WebSockets.ClientWebSocket",
    ];

    private static ImmutableArray<string> Assemblies { get; } =
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(AssemblyOf)];

    [Fact]
    public void Only_the_egress_gate_makes_an_HTTP_client()
    {
        var makers = Assemblies.SelectMany(path => Read(path, metadata => MakersOf(metadata, Clients)));

        Assert.Equal(["PersonalAi.Assistant.Privacy.EgressGate"], makers);
    }

    [Fact]
    public void Only_the_way_to_the_engine_process_opens_a_pipe()
    {
        var makers = Assemblies.SelectMany(path => Read(path, metadata => MakersOf(metadata, ["System.IO.Pipes.NamedPipeClientStream"])));

        Assert.Equal(["PersonalAi.Adapters.Host.EngineAddress"], makers);
    }

    [Fact]
    public void Only_the_connection_to_public_addresses_uses_sockets_and_resolves_names()
    {
        var users = Assemblies.SelectMany(path => Read(path, metadata => UsersOf(metadata, Sockets)));

        Assert.Equal(["PersonalAi.Assistant.Privacy.PublicConnection", "PersonalAi.Assistant.Privacy.WebRoute"], users.Order());
    }

    [Fact]
    public void The_libraries_reference_neither_each_other_nor_the_product()
    {
        var rays = Assemblies.Where(path => Path.GetFileName(path) != "pai.dll").SelectMany(path => Read(path, metadata =>
            metadata.Metadata.AssemblyReferences
                .Select(handle => metadata.Metadata.GetString(metadata.Metadata.GetAssemblyReference(handle).Name))
                .Where(name => name == "pai" || name.StartsWith("PersonalAi.", StringComparison.Ordinal))
                .Select(name => $"{Path.GetFileName(path)} -> {name}")));

        Assert.Empty(rays);
    }

    private static string AssemblyOf(string project)
    {
        var name = XDocument.Load(project).Descendants("AssemblyName").SingleOrDefault()?.Value ?? $"PersonalAi.{Path.GetFileNameWithoutExtension(project)}";
        return Path.Combine(AppContext.BaseDirectory, $"{name}.dll");
    }

    private static List<string> Read(string path, Func<(MetadataReader Metadata, PEReader Image), IEnumerable<string>> read)
    {
        using var image = new PEReader(File.OpenRead(path));
        return [.. read((image.GetMetadataReader(), image))];
    }

    // Every outermost type with a method body that runs a constructor of one of the types: newobj (0x73), or call (0x28) from a
    // derived type's constructor, then the constructor's token.
    private static IEnumerable<string> MakersOf((MetadataReader Metadata, PEReader Image) file, ImmutableArray<string> types) =>
        CallersOf(file, types, name => name == ".ctor");

    // Every outermost type that runs anything of the types, or makes a delegate of it.
    private static IEnumerable<string> UsersOf((MetadataReader Metadata, PEReader Image) file, ImmutableArray<string> types) => CallersOf(file, types, _ => true);

    // newobj, call, callvirt, and ldftn (0xFE06), then the member's token.
    private static IEnumerable<string> CallersOf((MetadataReader Metadata, PEReader Image) file, ImmutableArray<string> types, Func<string, bool> isMeant)
    {
        (var metadata, var image) = file;
        List<byte[]> patterns = [];
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind == HandleKind.TypeReference && isMeant(metadata.GetString(member.Name)) && types.Contains(NameOf(metadata, (TypeReferenceHandle)member.Parent)))
            {
                var token = BitConverter.GetBytes(MetadataTokens.GetToken(handle));
                patterns.AddRange([[0x73, .. token], [0x28, .. token], [0x6F, .. token], [0xFE, 0x06, .. token]]);
            }
        }

        return metadata.MethodDefinitions
            .Select(metadata.GetMethodDefinition)
            .Where(method => method.RelativeVirtualAddress != 0)
            .Where(method => image.GetMethodBody(method.RelativeVirtualAddress).GetILBytes() is { } code && patterns.Any(pattern => code.AsSpan().IndexOf(pattern) >= 0))
            .Select(method => OutermostName(metadata, method.GetDeclaringType()))
            .Distinct();
    }

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    private static string OutermostName(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return type.IsNested ? OutermostName(metadata, type.GetDeclaringType()) : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}
