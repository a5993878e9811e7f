using System.Text.Json;
using PersonalAi.Adapters.Engines;
using Xunit;

namespace PersonalAi.Tests.Adapters.Engines;

public sealed class EngineBuildsTests
{
    [Fact]
    public void The_bundled_builds_are_those_of_the_lock_file()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "package-lock.json")));
        var locked = json.RootElement.GetProperty("packages").EnumerateObject()
            .Where(package => package.Name.StartsWith("node_modules/@node-llama-cpp/", StringComparison.Ordinal))
            .Select(package => (package.Name["node_modules/".Length..], package.Value.GetProperty("version").GetString(), package.Value.GetProperty("integrity").GetString()))
            .Order();

        var bundled = EngineBuilds.All.Where(build => build.Bundled).Select(build => (build.Packages[0].Name, build.Version, build.Packages[0].Integrity)).Order();

        Assert.Equal(locked, bundled!);
    }

    [Fact]
    public void Every_platform_has_one_version_and_one_bundled_build() => Assert.All(
        EngineBuilds.All.GroupBy(build => build.Platform),
        platform => Assert.Equal((1, 1), (platform.Select(build => build.Version).Distinct().Count(), platform.Count(build => build.Bundled))));

    [Fact]
    public void Every_hash_is_one() => Assert.All(
        EngineBuilds.All.SelectMany(build => build.Packages),
        package => Assert.Equal(64, Convert.FromBase64String(package.Integrity["sha512-".Length..]).Length));

    [Fact]
    public void What_came_with_the_program_is_not_installed_anew()
    {
        var bundled = Assert.Single(EngineBuilds.Here, build => build.Bundled);

        Assert.Null(EngineStore.Choose(EngineBuilds.Here, bundled.Backend));
        Assert.Null(EngineStore.Choose(EngineBuilds.Here, backend: null));
    }
}
