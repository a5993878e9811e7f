using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Assistant.Privacy.Ledger;

namespace PersonalAi.Tests.Fakes;

/// <summary>Egress gates for tests that do not look at the ledger, which all of them share.</summary>
internal static class Gates
{
    private static readonly DataFolder Folder = MakeFolder();

    public static EgressGate Open(WebRoute? web = null, ILogger<EgressGate>? logger = null) =>
        new(new EgressLedger(Folder, TimeProvider.System), logger ?? NullLogger<EgressGate>.Instance, web);

    private static DataFolder MakeFolder()
    {
        var folder = Directory.CreateTempSubdirectory("pai-ledger-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return new DataFolder(folder);
    }
}
