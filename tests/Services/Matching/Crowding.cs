using LaborBridge.Contracts;
using LaborBridge.Matching.Offers;
using LaborBridge.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace LaborBridge.Tests.Services.Matching;

/// <summary>Many at once.</summary>
public abstract class Crowding(Market market) : MarketTest(market)
{
    [Fact]
    public async Task never_hires_more_than_the_headcount()
    {
        const int Headcount = 34, Offers = 50;
        var trade = Market.NewTrade();
        var workers = await Market.Tell([.. Enumerable.Range(0, Offers).Select(_ => Market.Willing(trade))]);
        var posting = await Market.Tell(Market.Open(trade, Headcount));
        var offers = await Task.WhenAll(workers.Select(worker => Market.Offer(worker, posting.PostingId)));
        var answers = offers.SelectMany(offer => new[] { Market.WorkerSays(offer.Id), Market.FirmSays(offer.Id) }).ToArray();
        Assert.All(await Task.WhenAll(answers), answer => answer.Is(200));

        Assert.Equal($"{Headcount} of {Headcount}, {Offers - Headcount} open, {Offers - Headcount} waiting", (await Market.Seats(posting.PostingId)).ToString());
        var ends = await Task.WhenAll(offers.Select(offer => Market.OfferOf(offer.Id)));
        Assert.Equal(Headcount, ends.Count(offer => (string?)offer.Json["state"] == "accepted"));
        Assert.All(ends.Where(offer => (string?)offer.Json["state"] == "open"), offer => Assert.True((bool)offer.Json["waiting"]!));
        await Wait.Until(() => offers.Count(offer => Market.Ear.HeardOf<WorkerHired>(Guid.Parse(offer.Id)).Count == 1) == Headcount, "every hire is told once");
    }

    [Fact]
    public async Task never_makes_more_offers_than_the_rules_allow()
    {
        var trade = Market.NewTrade();
        var worker = (await Market.Tell(Market.Willing(trade)))[0];
        var postings = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Market.Tell(Market.Open(trade))));
        var made = await Task.WhenAll(postings.Select(posting => Market.Xiji.Post("/api/offers", new { workerId = worker, postingId = posting.PostingId })));
        Assert.Equal(3, made.Count(answer => answer.Status == 201));
        Assert.All(made.Where(answer => answer.Status != 201), answer => answer.Is(409, "offer-limit"));

        var workers = await Market.Tell([.. Enumerable.Range(0, 8).Select(_ => Market.Willing(trade))]);
        var narrow = await Market.Tell(Market.Open(trade, headcount: 2));
        made = await Task.WhenAll(workers.Select(one => Market.Xiji.Post("/api/offers", new { workerId = one, postingId = narrow.PostingId })));
        Assert.Equal(3, made.Count(answer => answer.Status == 201));
    }

    [Fact]
    public async Task hires_a_worker_once_when_three_firms_say_yes_at_the_same_time()
    {
        var trade = Market.NewTrade();
        var worker = (await Market.Tell(Market.Willing(trade)))[0];
        var postings = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Market.Tell(Market.Open(trade))));
        var offers = new List<Heard>();
        foreach (var posting in postings)
        {
            offers.Add(await Market.Offer(worker, posting.PostingId));
            (await Market.WorkerSays(offers[^1].Id)).Is(200);
        }

        var answers = await Task.WhenAll(offers.Select(offer => Market.FirmSays(offer.Id)));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Is(409));
        Assert.Equal(1, (await Task.WhenAll(postings.Select(posting => Market.Seats(posting.PostingId)))).Sum(seats => seats.Accepted));
    }

    [Fact]
    public async Task gives_one_seat_to_one_of_many_who_come_in_different_orders()
    {
        // Each worker has offers of the same three postings; hires close the others' offers crosswise.
        var trade = Market.NewTrade();
        var workers = await Market.Tell([.. Enumerable.Range(0, 6).Select(_ => Market.Willing(trade))]);
        var postings = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Market.Tell(Market.Open(trade, headcount: 4))));
        var offers = (await Task.WhenAll(workers.SelectMany((worker, i) => postings.Select((_, j) => Market.Offer(worker, postings[(i + j) % 3].PostingId))))).ToArray();
        await Task.WhenAll(offers.Select(offer => Market.WorkerSays(offer.Id)));
        var answers = await Task.WhenAll(offers.Reverse().Select(offer => Market.FirmSays(offer.Id)));
        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { 200, 409 }));
        var seats = await Task.WhenAll(postings.Select(posting => Market.Seats(posting.PostingId)));
        Assert.Equal(workers.Length, seats.Sum(one => one.Accepted));
        Assert.All(seats, one => Assert.Equal((0, 0), (one.OpenOffers, one.Waiting)));
    }

    [Fact]
    public async Task ends_an_offer_once_when_several_replicas_settle_at_the_same_time()
    {
        var trade = Market.NewTrade();
        var workers = await Market.Tell([.. Enumerable.Range(0, 12).Select(_ => Market.Willing(trade))]);
        var posting = await Market.Tell(Market.Open(trade, headcount: 8));
        var limit = TimeProvider.System.GetUtcNow().AddSeconds(8);
        var offers = await Task.WhenAll(workers.Select(worker => Market.Offer(worker, posting.PostingId, limit)));
        var replicas = Enumerable.Range(0, 3).Select(_ => new SettleOffers(Market.Db, TimeProvider.System, NullLogger<SettleOffers>.Instance)).ToArray();
        await Wait.Until(
            async () =>
            {
                await Task.WhenAll(replicas.Select(replica => replica.Once(TestContext.Current.CancellationToken)));
                return (await Market.Seats(posting.PostingId)).OpenOffers == 0;
            },
            "all offers have expired");
        Assert.Equal("0 of 8, 0 open, 0 waiting", (await Market.Seats(posting.PostingId)).ToString());
        foreach (var offer in offers)
        {
            await Market.IsOffer(offer.Id, "expired");
            await Market.Ear.Of<OfferClosed>(Guid.Parse(offer.Id));
            Assert.Single(Market.Ear.HeardOf<OfferClosed>(Guid.Parse(offer.Id)));
        }

        Array.ForEach(replicas, replica => replica.Dispose());
    }
}

[Collection(OnSqlite.Name)]
public sealed class Crowding_on_SQLite(SqliteMarket market) : Crowding(market);

[Collection(OnPostgreSql.Name)]
public sealed class Crowding_on_PostgreSQL(PostgreSqlMarket market) : Crowding(market);
