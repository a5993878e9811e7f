using PersonalAi.Assistant.Cli;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli;

public sealed class InterruptsTests
{
    [Fact]
    public void The_first_interrupt_asks_the_program_to_end_and_the_second_is_left_to_the_system()
    {
        using var interrupts = new Interrupts();

        var first = interrupts.Interrupt();
        var second = interrupts.Interrupt();

        Assert.Equal((true, false, true), (first, second, interrupts.Stopping.IsCancellationRequested));
    }

    [Fact]
    public void A_chat_takes_interrupts_for_itself_until_it_gives_them_back()
    {
        using var interrupts = new Interrupts();
        var taken = 0;

        using (interrupts.Intercept(() => taken++))
        {
            Assert.True(interrupts.Interrupt());
            Assert.True(interrupts.Interrupt());
        }

        Assert.Equal((2, false), (taken, interrupts.Stopping.IsCancellationRequested));
        interrupts.Interrupt();
        Assert.True(interrupts.Stopping.IsCancellationRequested);
    }
}
