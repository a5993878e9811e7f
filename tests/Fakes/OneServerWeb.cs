using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Tools;
using PersonalAi.Tools.BuiltIn;

namespace PersonalAi.Tests.Fakes;

/// <summary>A web in which one server on this machine, with a certificate of its own, answers for every host.</summary>
internal sealed class OneServerWeb : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate = MakeCertificate("pages.example", "xn--mller-kva.example");
    private readonly ConcurrentQueue<string> _resolved = [];

    /// <param name="answer">Called for each request.</param>
    public OneServerWeb(Func<ServedRequest, ServedAnswer> answer)
    {
        Server = new ModelServer(answer, _certificate);
        Route = new WebRoute
        {
            ResolveAsync = (host, _) =>
            {
                _resolved.Enqueue(host);
                return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
            },
            Admits = address => address.Equals(IPAddress.Loopback),
            Port = Server.Port,
            TrustedRoots = [_certificate],
        };
    }

    public ModelServer Server { get; }

    /// <summary>The way to it.</summary>
    public WebRoute Route { get; }

    /// <summary>Every host whose address was asked for.</summary>
    public IReadOnlyList<string> Resolved => [.. _resolved];

    /// <summary>A web whose pages are all the same.</summary>
    public static OneServerWeb Of(string page, string type = "text/html; charset=utf-8") => new(_ => ServedAnswer.Text(200, page, ("Content-Type", type)));

    /// <summary>The tool, through a gate that leads here.</summary>
    public Tool FetchPage(WebRoute? route = null, TimeProvider? time = null) =>
        FetchPageTool.Create(Gates.Open(route ?? Route).CreateWebClient, time ?? TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _certificate.Dispose();
    }

    private static X509Certificate2 MakeCertificate(params string[] hosts)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=A test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
