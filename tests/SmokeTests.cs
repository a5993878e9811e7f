using Xunit;

namespace PersonalAi.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Engine_libraries_lie_beside_the_program() => Assert.True(Directory.Exists(Path.Combine(AppContext.BaseDirectory, "engine")));
}
