using PersonalAi.Adapters.Llama.Text;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama;

public sealed class StopSequencesTests
{
    [Fact]
    public void Text_without_a_stop_sequence_comes_through_whole()
    {
        var stops = new StopSequences(["END"]);

        var shown = stops.Push("Hello ") + stops.Push("world") + stops.Flush();

        Assert.Equal("Hello world", shown);
        Assert.False(stops.Stopped);
    }

    [Fact]
    public void A_stop_sequence_that_comes_in_pieces_never_leaks()
    {
        var stops = new StopSequences(["</answer>"]);

        string[] shown = [.. new[] { "Yes.<", "/ans", "wer", ">more" }.Select(stops.Push), stops.Flush()];

        Assert.Equal(["Yes.", "", "", "", ""], shown);
        Assert.True(stops.Stopped);
    }

    [Fact]
    public void What_only_looked_like_a_stop_sequence_is_shown_as_soon_as_that_is_clear()
    {
        var stops = new StopSequences(["###"]);

        string[] shown = [.. new[] { "a#", "#", "b" }.Select(stops.Push)];

        Assert.Equal(["a", "", "##b"], shown);
    }

    [Fact]
    public void A_half_stop_sequence_at_the_end_is_part_of_the_answer()
    {
        var stops = new StopSequences(["END"]);

        var shown = stops.Push("the EN") + stops.Flush();

        Assert.Equal("the EN", shown);
    }

    [Fact]
    public void The_first_of_several_stop_sequences_wins()
    {
        var stops = new StopSequences(["late", "b"]);

        Assert.Equal("a", stops.Push("ab late"));
    }

    [Fact]
    public void An_overlapping_beginning_is_held_back_anew()
    {
        var stops = new StopSequences(["aab"]);

        string[] shown = [.. new[] { "a", "a", "a", "b" }.Select(stops.Push)];

        Assert.Equal(["", "", "a", ""], shown);
        Assert.True(stops.Stopped);
    }
}
