using System.Globalization;
using LaborBridge.Contracts;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Matching;

public abstract class Making_an_offer(Market market) : MarketTest(market)
{
    [Fact]
    public async Task opens_it_for_both_sides_and_tells()
    {
        var (worker, posting) = await Market.Pair();
        var offer = await Market.Offer(worker, posting.PostingId);
        Assert.Equal(("open", "装配工"), ((string?)offer.Json["state"], (string?)offer.Json["title"]));
        Assert.Equal($"/api/offers/{offer.Id}", offer.Location);
        Assert.True((long)offer.Json["position"]! > 0);
        var told = await Market.Ear.Of<OfferMade>(Guid.Parse(offer.Id));
        Assert.Equal((worker, posting.PostingId, posting.EmployerId), (told.WorkerId, told.PostingId, told.EmployerId));
        var seats = await Market.Ear.Of<SeatsCounted>(posting.PostingId, count: 2);
        Assert.Equal((1, 0, 1), (seats.Headcount, seats.Accepted, seats.Open));
        Assert.Equal("1 of 1", $"{(await Market.Seats(posting.PostingId)).OpenOffers} of 1");
    }

    [Fact]
    public async Task gives_the_first_answer_again_for_a_repeated_key()
    {
        var (worker, posting) = await Market.Pair();
        var key = ApiCaller.NewKey();
        var first = (await Market.Xiji.Post("/api/offers", new { workerId = worker, postingId = posting.PostingId }, key)).Is(201);
        var again = (await Market.Xiji.Post("/api/offers", new { workerId = worker, postingId = posting.PostingId }, key)).Is(201);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(1, (await Market.Seats(posting.PostingId)).OpenOffers);
    }

    [Fact]
    public async Task refuses_a_worker_who_is_at_work()
    {
        var (worker, posting) = await Market.Pair();
        await Market.AtWork(worker, Market.NewId());
        (await Market.Xiji.Post("/api/offers", new { workerId = worker, postingId = posting.PostingId })).Is(409, "worker-not-free");
    }

    [Fact]
    public async Task refuses_a_full_and_a_closed_posting()
    {
        var (worker, posting) = await Market.Pair();
        await Market.Agreed(worker, posting.PostingId);
        var late = (await Market.Tell(Market.Willing(posting.Trade)))[0];
        (await Market.Xiji.Post("/api/offers", new { workerId = late, postingId = posting.PostingId })).Is(409, "seat-taken");

        var other = await Market.Tell(Market.Open(posting.Trade));
        await Market.Close(other, "expired");
        (await Market.Xiji.Post("/api/offers", new { workerId = late, postingId = other.PostingId })).Is(409, "seat-taken");
    }

    [Fact]
    public async Task refuses_a_barred_pair_with_the_reasons()
    {
        var (worker, _) = await Market.Pair();
        var posting = await Market.Tell(Market.Open(Market.NewTrade()) with { SiteDivision = "350102" });
        var refused = (await Market.Xiji.Post("/api/offers", new { workerId = worker, postingId = posting.PostingId })).Is(422, "not-eligible");
        Assert.Equal(["trade", "wanted-places"], refused.Json["barredBy"]!.AsArray().Select(bar => (string)bar!["code"]!).Order());
        Assert.All(refused.Json["barredBy"]!.AsArray(), bar => Assert.Matches("[\\u4e00-\\u9fa5]", (string)bar!["sentence"]!));
    }

    [Fact]
    public async Task refuses_a_worker_without_consent()
    {
        var (worker, posting) = await Market.Pair();
        await Market.Workers.Tell((worker, new WorkerNotWilling(worker, "consent-withdrawn")));
        await Wait.Until(async () => (await Market.Xiji.Post("/api/offers", new { workerId = worker, postingId = posting.PostingId })) is { Status: 422, Text: var text } && text.Contains("\"consent\""), "the offer is refused");
    }

    [Fact]
    public async Task refuses_the_same_pair_twice_and_a_fourth_offer_to_one_worker()
    {
        var trade = Market.NewTrade();
        var worker = (await Market.Tell(Market.Willing(trade)))[0];
        for (var i = 0; i < 3; i++)
        {
            var posting = await Market.Tell(Market.Open(trade, headcount: 2));
            await Market.Offer(worker, posting.PostingId);
            (await Market.Xiji.Post("/api/offers", new { workerId = worker, postingId = posting.PostingId })).Is(409, "already-offered");
        }

        var fourth = await Market.Tell(Market.Open(trade));
        (await Market.Xiji.Post("/api/offers", new { workerId = worker, postingId = fourth.PostingId })).Is(409, "offer-limit");
    }

    [Fact]
    public async Task refuses_more_than_one_and_a_half_offers_a_free_seat()
    {
        var trade = Market.NewTrade();
        var workers = await Market.Tell([.. Enumerable.Range(0, 4).Select(_ => Market.Willing(trade))]);
        var posting = await Market.Tell(Market.Open(trade, headcount: 2));
        foreach (var worker in workers[..3])
        {
            await Market.Offer(worker, posting.PostingId);
        }

        (await Market.Xiji.Post("/api/offers", new { workerId = workers[3], postingId = posting.PostingId })).Is(409, "offer-limit");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(61)]
    public async Task refuses_a_time_limit_in_the_past_or_far_away(int days)
    {
        var (worker, posting) = await Market.Pair();
        var refused = (await Market.Xiji.Post("/api/offers", new { workerId = worker, postingId = posting.PostingId, expiresAt = TimeProvider.System.GetUtcNow().AddDays(days) })).Is(400, "validation");
        Assert.Equal("out-of-range", refused.FieldCode("expiresAt"));
    }

    [Fact]
    public async Task is_for_those_who_look_after_one_of_the_two()
    {
        var (worker, posting) = await Market.Pair();
        var body = new { workerId = worker, postingId = posting.PostingId };
        (await Market.Pengyang.Post("/api/offers", body)).Is(404);
        (await Market.Firm(Market.NewId()).Post("/api/offers", body)).Is(404);
        (await Market.Xiji.Post("/api/offers", new { workerId = Market.NewId(), postingId = posting.PostingId })).Is(404);
        (await Market.Host.As(LaborBridge.ServiceDefaults.Role.Collector, "collector", "640422").Post("/api/offers", body)).Is(403);
        var offer = (await Market.Firm(posting.EmployerId).Post("/api/offers", body)).Is(201);

        (await Market.Pengyang.Get($"/api/offers/{offer.Id}")).Is(404);
        (await Market.Firm(Market.NewId()).Get($"/api/offers/{offer.Id}")).Is(404);
        (await Market.Pengyang.Post($"/api/offers/{offer.Id}/withdrawal", new { })).Is(404);
        Assert.Empty((await Market.Pengyang.Get($"/api/offers?worker={worker}")).Is(200).Items);
        Assert.Empty((await Market.Firm(Market.NewId()).Get($"/api/offers?posting={posting.PostingId}")).Is(200).Items);
        foreach (var seeing in new[] { Market.Xiji, Market.Haicang, Market.Firm(posting.EmployerId) })
        {
            Assert.Equal(offer.Id, (string)Assert.Single((await seeing.Get($"/api/offers?posting={posting.PostingId}&state=open")).Is(200).Items)["id"]!);
        }
    }

    [Fact]
    public async Task lists_offers_page_by_page_newest_first()
    {
        var trade = Market.NewTrade();
        var workers = await Market.Tell([.. Enumerable.Range(0, 3).Select(_ => Market.Willing(trade))]);
        var posting = await Market.Tell(Market.Open(trade, headcount: 3));
        List<string> made = [];
        foreach (var worker in workers)
        {
            made.Add((await Market.Offer(worker, posting.PostingId)).Id);
        }

        var first = (await Market.Haicang.Get(string.Create(CultureInfo.InvariantCulture, $"/api/offers?posting={posting.PostingId}&limit={2}"))).Is(200);
        var second = (await Market.Haicang.Get($"/api/offers?posting={posting.PostingId}&limit=2&cursor={first.Json["next"]}")).Is(200);
        made.Reverse();
        Assert.Equal(made, first.Items.Concat(second.Items).Select(item => (string)item["id"]!));
        Assert.Null(second.Json["next"]);
    }
}

[Collection(OnSqlite.Name)]
public sealed class Making_an_offer_on_SQLite(SqliteMarket market) : Making_an_offer(market);

[Collection(OnPostgreSql.Name)]
public sealed class Making_an_offer_on_PostgreSQL(PostgreSqlMarket market) : Making_an_offer(market);
