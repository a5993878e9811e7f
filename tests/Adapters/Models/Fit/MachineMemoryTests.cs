using PersonalAi.Adapters.Models.Fit;
using Xunit;

namespace PersonalAi.Tests.Adapters.Models.Fit;

public sealed class MachineMemoryTests
{
    [Fact]
    public void Some_memory_is_there_and_not_more_is_available()
    {
        var memory = MachineMemory.Read();

        Assert.InRange(memory.Total, 1L << 28, long.MaxValue);
        Assert.InRange(memory.Available, 1L << 20, memory.Total);
    }
}
