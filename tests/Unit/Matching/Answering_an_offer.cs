using LaborBridge.Matching.Offers;
using Xunit;

namespace LaborBridge.Tests.Unit.Matching;

public sealed class Answering_an_offer
{
    [Theory]
    [InlineData("worker", null, null, nameof(Outcome.HalfWay))]
    [InlineData("employer", null, null, nameof(Outcome.HalfWay))]
    [InlineData("worker", null, "accept", nameof(Outcome.Agreed))]
    [InlineData("employer", "accept", null, nameof(Outcome.Agreed))]
    public void is_agreed_when_both_said_yes_in_any_order(string party, string? worker, string? employer, string outcome)
    {
        Assert.Equal((null, Enum.Parse<Outcome>(outcome)), Offer.Answer(Some.Offer(worker: worker, employer: employer), party, "accept", Some.Now));
    }

    [Theory]
    [InlineData("worker", null, null)]
    [InlineData("employer", "accept", null)]
    [InlineData("worker", "accept", "accept")]
    public void ends_with_one_no_even_after_a_yes_of_ones_own(string party, string? worker, string? employer)
    {
        Assert.Equal((null, Outcome.Declined), Offer.Answer(Some.Offer(worker: worker, employer: employer), party, "decline", Some.Now));
    }

    [Fact]
    public void refuses_a_second_yes_of_the_same_side()
    {
        Assert.Equal("already-answered", Offer.Answer(Some.Offer(worker: "accept"), "worker", "accept", Some.Now).Refused?.Code);
    }

    [Theory]
    [InlineData("accepted", "step-out-of-order")]
    [InlineData("declined", "step-out-of-order")]
    [InlineData("withdrawn", "step-out-of-order")]
    [InlineData("expired", "offer-expired")]
    public void refuses_what_has_ended(string state, string code)
    {
        foreach (var answer in new[] { "accept", "decline" })
        {
            Assert.Equal(code, Offer.Answer(Some.Offer(state), "worker", answer, Some.Now).Refused?.Code);
        }
    }

    [Fact]
    public void counts_the_time_itself_and_not_the_clock_of_the_cleaner()
    {
        Assert.Equal("offer-expired", Offer.Answer(Some.Offer(expiresAt: Some.Now), "worker", "accept", Some.Now).Refused?.Code);
        Assert.Null(Offer.Answer(Some.Offer(expiresAt: Some.Now.AddTicks(1)), "worker", "accept", Some.Now).Refused);
    }

    [Theory]
    [InlineData(null, "accept")]
    [InlineData("station", "accept")]
    [InlineData("worker", null)]
    [InlineData("worker", "perhaps")]
    public void asks_who_answers_and_what(string? party, string? answer)
    {
        Assert.Equal("validation", Offer.Answer(Some.Offer(), party, answer, Some.Now).Refused?.Code);
    }

    [Theory]
    [InlineData(1, 0, 0, true)]
    [InlineData(1, 0, 1, false)]
    [InlineData(2, 0, 2, true)]
    [InlineData(2, 0, 3, false)]
    [InlineData(3, 0, 3, true)]
    [InlineData(3, 0, 4, false)]
    [InlineData(10, 8, 3, false)]
    [InlineData(5, 5, 0, false)]
    [InlineData(5, 7, 0, false)]
    public void lets_open_offers_number_one_and_a_half_times_the_free_seats_at_most(int headcount, int accepted, int open, bool room)
    {
        Assert.Equal(room, Offer.HasRoom(headcount, accepted, open));
    }
}
