using LaborBridge.Matching.Offers;
using Xunit;

namespace LaborBridge.Tests.Unit.Matching;

public sealed class Settling_an_offer
{
    [Fact]
    public void leaves_an_open_one_alone() => Assert.Equal((Fate.Stay, null), Offer.Settle(Some.Offer(), Some.Worker(), Some.Posting(), Some.Now));

    [Theory]
    [InlineData("accepted")]
    [InlineData("declined")]
    [InlineData("expired")]
    [InlineData("withdrawn")]
    public void leaves_an_ended_one_alone(string state)
    {
        Assert.Equal((Fate.Stay, null), Offer.Settle(Some.Offer(state, expiresAt: Some.Now.AddDays(-1)), Some.Worker(willing: false), Some.Posting(closed: "closed"), Some.Now));
    }

    [Fact]
    public void ends_it_when_its_time_is_over() => Assert.Equal((Fate.Expire, null), Offer.Settle(Some.Offer(expiresAt: Some.Now), Some.Worker(), Some.Posting(), Some.Now));

    [Fact]
    public void withdraws_it_when_the_worker_is_at_work()
    {
        Assert.Equal((Fate.Withdraw, "hired-elsewhere"), Offer.Settle(Some.Offer(), Some.Worker(placement: Guid.Empty), Some.Posting(), Some.Now));
    }

    [Fact]
    public void withdraws_it_when_the_worker_takes_back_wish_or_consent()
    {
        Assert.Equal((Fate.Withdraw, "not-willing"), Offer.Settle(Some.Offer(), Some.Worker(willing: false), Some.Posting(), Some.Now));
    }

    [Theory]
    [InlineData("closed", nameof(Fate.Withdraw))]
    [InlineData("employer-suspended", nameof(Fate.Withdraw))]
    [InlineData("expired", nameof(Fate.Stay))]
    public void withdraws_it_when_the_firm_closed_the_posting_but_not_when_its_validity_ran_out(string closed, string fate)
    {
        Assert.Equal(Enum.Parse<Fate>(fate), Offer.Settle(Some.Offer(), Some.Worker(), Some.Posting(closed: closed), Some.Now).Fate);
    }

    [Theory]
    [InlineData(2, 1, nameof(Fate.Hire))]
    [InlineData(2, 2, nameof(Fate.Stay))]
    [InlineData(1, 2, nameof(Fate.Stay))]
    public void hires_from_the_waitlist_when_a_seat_is_free(int headcount, int accepted, string fate)
    {
        var waiting = Some.Offer(worker: "accept", employer: "accept", waiting: true);
        Assert.Equal(Enum.Parse<Fate>(fate), Offer.Settle(waiting, Some.Worker(), Some.Posting(headcount, accepted), Some.Now).Fate);
    }
}
