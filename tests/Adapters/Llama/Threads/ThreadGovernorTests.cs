using PersonalAi.Adapters.Llama.Threads;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Threads;

public sealed class ThreadGovernorTests
{
    [Fact]
    public void On_a_quiet_machine_nothing_changes()
    {
        var governor = new ThreadGovernor(start: 4, most: 4);

        Assert.All(Run(governor, 1000, _ => 50), threads => Assert.Equal(4, threads));
    }

    [Fact]
    public void A_context_that_grows_is_no_contention()
    {
        var governor = new ThreadGovernor(start: 4, most: 4);

        // From 50 to 170 ms, as a 13B model goes from an empty context to 3,000 tokens.
        Assert.All(Run(governor, 3000, step => 50 + (step * 0.04)), threads => Assert.Equal(4, threads));
    }

    [Fact]
    public void One_slow_step_is_overlooked_and_two_halve_the_threads()
    {
        var governor = new ThreadGovernor(start: 4, most: 4);
        Run(governor, 20, _ => 50);

        Assert.Equal([4, 4, 4, 2], [Step(governor, 400), Step(governor, 50), Step(governor, 400), Step(governor, 400)]);
    }

    [Fact]
    public void Slow_again_with_half_of_them_halves_them_again_down_to_one()
    {
        var governor = new ThreadGovernor(start: 4, most: 4);
        Run(governor, 20, _ => 50);
        Run(governor, 2, _ => 1000);
        Run(governor, 3, _ => 90);

        Assert.Equal([2, 1, 1, 1], [Step(governor, 1000), Step(governor, 1000), Step(governor, 160), Step(governor, 1000)]);
    }

    [Fact]
    public void More_threads_are_tried_again_and_kept_once_they_are_faster()
    {
        var governor = new ThreadGovernor(start: 2, most: 2);
        Run(governor, 20, _ => 50);
        Run(governor, 2, _ => 1000);

        var threads = Run(governor, 30, _ => governor.Threads == 1 ? 90 : 50);

        // 23 steps of 90 ms are the first that make two seconds; the trial is then judged by one step.
        Assert.Equal([.. Enumerable.Repeat(1, 22), .. Enumerable.Repeat(2, 8)], threads);
    }

    [Fact]
    public void As_long_as_they_do_not_help_they_are_tried_ever_more_rarely()
    {
        var governor = new ThreadGovernor(start: 2, most: 2);
        Run(governor, 20, _ => 50);
        Run(governor, 2, _ => 1000);

        var threads = Run(governor, 400, _ => governor.Threads == 1 ? 100 : 1000);

        // After 2, 4, 8 and 16 seconds.
        Assert.Equal([19, 60, 141, 302], threads.Select((count, step) => (count, step)).Where(pair => pair.count == 2).Select(pair => pair.step));
    }

    [Fact]
    public void A_start_below_the_most_is_tried_upwards()
    {
        var governor = new ThreadGovernor(start: 1, most: 2);

        Assert.Equal(2, Run(governor, 40, _ => governor.Threads == 1 ? 100 : 55)[^1]);
    }

    [Fact]
    public void Prompts_say_nothing_and_batches_are_compared_with_their_like()
    {
        var governor = new ThreadGovernor(start: 4, most: 4);
        Run(governor, 20, _ => 50);

        var threads = Enumerable.Range(0, 20).Select(step => governor.Next(step % 2 == 0 ? 512 : 4, TimeSpan.FromMilliseconds(step % 2 == 0 ? 9000 : 300)));

        Assert.All(threads, count => Assert.Equal(4, count));
    }

    private static List<int> Run(ThreadGovernor governor, int steps, Func<int, double> milliseconds) =>
        [.. Enumerable.Range(0, steps).Select(step => Step(governor, milliseconds(step)))];

    private static int Step(ThreadGovernor governor, double milliseconds) => governor.Next(1, TimeSpan.FromMilliseconds(milliseconds));
}
