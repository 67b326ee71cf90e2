using LaborBridge.EventStreams;
using Xunit;

namespace LaborBridge.Tests.Unit.Streams;

public sealed class What_a_subscriber_does_with_a_segment
{
    private static readonly Guid Ours = Guid.Parse("0198a000-0000-7000-8000-000000000001");
    private static readonly Guid Another = Guid.Parse("0198a000-0000-7000-8000-000000000002");
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);

    [Theory]
    [InlineData(101, 5, 105, nameof(SegmentVerdict.Apply))]
    [InlineData(96, 10, 105, nameof(SegmentVerdict.Apply))] // brings old ones and new ones
    [InlineData(101, 5, 900, nameof(SegmentVerdict.Apply))]
    [InlineData(91, 10, 100, nameof(SegmentVerdict.Discard))]
    [InlineData(91, 10, 900, nameof(SegmentVerdict.Discard))]
    [InlineData(102, 5, 106, nameof(SegmentVerdict.Ask))]
    [InlineData(101, 0, 100, nameof(SegmentVerdict.Discard))]
    [InlineData(107, 0, 106, nameof(SegmentVerdict.Ask))] // the idle head tells of a loss
    [InlineData(51, 10, 60, nameof(SegmentVerdict.Ask))] // an old segment, or a log that was cut: only an answer tells
    public void follows_from_where_it_starts_and_what_it_knows_of_the_head(long first, int events, long head, string verdict) =>
        Assert.Equal(verdict, Verdict(At(100), Segment(Ours, first, head, events)));

    [Theory]
    [InlineData(0, nameof(SegmentVerdict.Ask))]
    [InlineData(90, nameof(SegmentVerdict.Ask))] // the answer to a question from before
    [InlineData(101, nameof(SegmentVerdict.Rebuild))]
    public void is_a_rebuild_only_when_the_answer_to_the_present_question_shows_another_log(long asked, string verdict)
    {
        Assert.Equal(verdict, Verdict(At(100), Segment(Another, 101, 300, 5, asked)));
        Assert.Equal(verdict, Verdict(At(100), Segment(Ours, 61, 60, 0, asked)));
    }

    [Fact]
    public void takes_the_first_incarnation_it_meets()
    {
        var empty = new Checkpoint { Stream = "workers" };
        Assert.Equal(nameof(SegmentVerdict.Apply), Verdict(empty, Segment(Another, 1, 5, 5)));
    }

    [Fact]
    public void is_nothing_while_a_stuck_event_waits_for_its_next_try()
    {
        var stuck = At(100);
        (stuck.StuckPosition, stuck.NextTry) = (101, Now.AddSeconds(1));
        Assert.Equal(nameof(SegmentVerdict.Discard), Verdict(stuck, Segment(Ours, 101, 105, 5)));

        stuck.NextTry = Now;
        Assert.Equal(nameof(SegmentVerdict.Apply), Verdict(stuck, Segment(Ours, 101, 105, 5)));
    }

    private static string Verdict(Checkpoint checkpoint, Segment segment) => SegmentVerdicts.Of(checkpoint, segment).ToString();

    private static Checkpoint At(long position) => new() { Stream = "workers", Incarnation = Ours, Position = position, Now = Now };

    private static Segment Segment(Guid incarnation, long first, long head, int events, long asked = 0) => new(
        "workers", incarnation, first, head, [.. Enumerable.Repeat(new SegmentEvent("worker-erased", "{}", Ours, Now, Ignorable: false), events)], asked);
}
