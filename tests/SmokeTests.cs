using Xunit;
namespace PersonalAi.Tests;
public sealed class SmokeTests { [Fact] public void Assets_are_there() => Assert.True(Directory.Exists(Path.Combine(AppContext.BaseDirectory, "engine"))); }
