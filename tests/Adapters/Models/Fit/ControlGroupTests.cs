using PersonalAi.Adapters.Models.Fit;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Models.Fit;

public sealed class ControlGroupTests : IDisposable
{
    private static readonly MachineMemory Machine = new(16_000, 12_000);

    private readonly ScratchFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void The_tightest_group_of_version_2_counts_and_pages_that_can_be_dropped_are_free()
    {
        Write("user.slice/memory.max", "8000\n");
        Write("user.slice/memory.current", "7000\n");
        Write("user.slice/memory.stat", "anon 5000\ninactive_file 1500\n");
        Write("user.slice/pai/memory.max", "max\n");
        Write("user.slice/pai/memory.current", "10\n");
        Write("user.slice/pai/memory.stat", "inactive_file 0\n");

        Assert.Equal(new MachineMemory(8_000, 2_500), new ControlGroup(["0::/user.slice/pai"], _root.Path).Limit(Machine));
    }

    [Fact]
    public void A_container_of_version_1_that_sees_itself_as_the_root_is_limited()
    {
        Write("memory/memory.limit_in_bytes", "4000\n");
        Write("memory/memory.usage_in_bytes", "1000\n");
        Write("memory/memory.stat", "cache 300\ntotal_inactive_file 200\n");

        Assert.Equal(new MachineMemory(4_000, 3_200), new ControlGroup(["4:cpu:/docker/1", "3:hugetlb,memory:/docker/1"], _root.Path).Limit(Machine));
    }

    [Fact]
    public void Without_a_limit_the_machine_is_all_there_is()
    {
        Write("memory/memory.limit_in_bytes", "9223372036854771712\n");
        Write("memory/memory.usage_in_bytes", "1000\n");
        Write("memory/memory.stat", "");

        Assert.Equal(Machine, new ControlGroup(["3:memory:/", "0::/"], _root.Path).Limit(Machine));
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root[path])!);
        File.WriteAllText(_root[path], text);
    }
}
