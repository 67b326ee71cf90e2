using LaborBridge.EventStreams;
using Xunit;

namespace LaborBridge.Tests.Unit.Streams;

public sealed class A_replay_window
{
    private static readonly StreamOptions Options = new() { Window = 100, ReplayTimeout = TimeSpan.FromSeconds(5) };
    private readonly StoppedClock clock = new();
    private readonly ReplayWindow window;

    public A_replay_window() => window = new ReplayWindow(Options, clock);

    [Fact]
    public void opens_only_when_something_is_missing()
    {
        Assert.False(window.TryOpen(0));
        Assert.True(window.Want());
        Assert.True(window.TryOpen(0));
    }

    [Fact]
    public void opens_once_for_any_number_of_gaps()
    {
        window.Want();
        window.TryOpen(0);

        Assert.False(window.Want());
        Assert.False(window.TryOpen(0));
    }

    [Fact]
    public void is_followed_by_the_next_while_the_head_is_ahead()
    {
        window.Want();
        window.TryOpen(0);

        Assert.False(window.Reached(50, head: 250));
        Assert.True(window.Reached(100, head: 250));
        Assert.True(window.TryOpen(100));
    }

    [Fact]
    public void closes_at_the_head_and_forgets_older_gaps()
    {
        window.Want();
        window.TryOpen(0);
        window.Want();

        Assert.False(window.Reached(60, head: 60));
        Assert.False(window.TryOpen(60));
    }

    [Fact]
    public void is_asked_again_when_no_answer_comes()
    {
        window.Want();
        window.TryOpen(0);
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(window.IsOverdue);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(window.IsOverdue);
        Assert.True(window.Want());
        Assert.True(window.TryOpen(0));
    }

    [Fact]
    public void stays_open_as_long_as_it_gets_on()
    {
        window.Want();
        window.TryOpen(0);
        for (var position = 10; position < 100; position += 10)
        {
            clock.Advance(TimeSpan.FromSeconds(4));
            window.Reached(position, head: 1_000);
            Assert.False(window.IsOverdue);
        }
    }

    [Fact]
    public void of_a_copy_that_starts_anew_is_void()
    {
        window.Want();
        window.TryOpen(500);

        window.Restart();

        Assert.True(window.TryOpen(0));
    }

    private sealed class StoppedClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => ticks += by.Ticks;

        public override long GetTimestamp() => ticks;
    }
}
