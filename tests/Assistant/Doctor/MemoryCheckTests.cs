using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Doctor;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Doctor;

public sealed class MemoryCheckTests
{
    private const long Needed = 608_424_960;
    private const string Advice = "Close other programs, let 'pai models fit' choose, or take a smaller context ('pai config set model.context_tokens') or model.";

    [Theory]
    [InlineData(700_000_000, HealthStatus.Ok, "700.0 MB available; the model needs 608.4 MB with 2048 tokens of context.", null)]
    [InlineData(500_000_000, HealthStatus.Warning, "500.0 MB available; the model needs 608.4 MB with 2048 tokens of context: it will be read from disk again and again.", Advice)]
    [InlineData(200_000_000, HealthStatus.Failure, "200.0 MB available; the model needs 608.4 MB with 2048 tokens of context, which does not fit.", Advice)]
    internal async Task What_the_model_needs_is_compared_with_what_is_available(long available, HealthStatus status, string found, string? advice)
    {
        var store = new ModelStore(Path.GetDirectoryName(TestModels.StarterPath)!, "", TimeProvider.System);
        var configuration = PaiConfiguration.Load("", _ => null, []);
        var check = new MemoryCheck(() => store, () => configuration, _ => null, () => new MachineMemory(1_000_000_000, available));

        var report = await check.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(new Finding(status, $"1.0 GB in all, {found}", advice) { Bytes = Needed }, report.Finding);
    }
}
