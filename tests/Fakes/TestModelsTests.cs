using Xunit;

namespace PersonalAi.Tests.Fakes;

public sealed class TestModelsTests
{
    [Fact]
    public void The_starter_is_whole() => Assert.Equal(322_591_712, new FileInfo(TestModels.StarterPath).Length);
}
