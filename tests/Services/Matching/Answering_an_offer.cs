using LaborBridge.Contracts;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Matching;

public abstract class Answering_an_offer(Market market) : MarketTest(market)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task hires_at_the_second_yes_in_any_order(bool workerFirst)
    {
        var (worker, posting) = await Market.Pair();
        var offer = await Market.Offer(worker, posting.PostingId);
        var half = (workerFirst ? await Market.WorkerSays(offer.Id) : await Market.FirmSays(offer.Id)).Is(200);
        Assert.Equal("open", (string?)half.Json["state"]);
        var whole = (workerFirst ? await Market.FirmSays(offer.Id) : await Market.WorkerSays(offer.Id)).Is(200);
        Assert.Equal("accepted", (string?)whole.Json["state"]);

        var id = Guid.Parse(offer.Id);
        var hired = await Market.Ear.Of<WorkerHired>(id);
        Assert.Equal(
            (worker, posting.PostingId, posting.EmployerId, "350205", "新阳工业区阳光西路1号", posting.Trade, "direct", 500_000L, Market.Today),
            (hired.WorkerId, hired.PostingId, hired.EmployerId, hired.SiteDivision, hired.SiteText, hired.Trade, hired.ContractForm, hired.MonthlyGuaranteedFen, hired.On));
        Assert.Equal([typeof(OfferMade), typeof(OfferAnswered), typeof(OfferAnswered), typeof(OfferClosed), typeof(WorkerHired)], Market.Ear.HeardOf(id).Select(told => told.GetType()));
        Assert.Equal("accepted", Market.Ear.HeardOf<OfferClosed>(id)[0].State);
        var seats = await Market.Ear.Of<SeatsCounted>(posting.PostingId, count: 3);
        Assert.Equal((1, 1, 0), (seats.Headcount, seats.Accepted, seats.Open));
        Assert.Equal("1 of 1, 0 open, 0 waiting", (await Market.Seats(posting.PostingId)).ToString());
    }

    [Fact]
    public async Task withdraws_the_other_offers_of_whoever_is_hired()
    {
        var trade = Market.NewTrade();
        var worker = (await Market.Tell(Market.Willing(trade)))[0];
        var postings = new[] { await Market.Tell(Market.Open(trade)), await Market.Tell(Market.Open(trade)), await Market.Tell(Market.Open(trade)) };
        var offers = new List<Heard>();
        foreach (var posting in postings)
        {
            offers.Add(await Market.Offer(worker, posting.PostingId));
        }

        (await Market.WorkerSays(offers[2].Id)).Is(200);
        (await Market.FirmSays(offers[2].Id)).Is(200);
        foreach (var other in offers[..2])
        {
            var withdrawn = await Market.OfferOf(other.Id);
            Assert.Equal(("withdrawn", "hired-elsewhere"), ((string?)withdrawn.Json["state"], (string?)withdrawn.Json["reason"]));
            Assert.Null((await Market.Ear.Of<OfferClosed>(Guid.Parse(other.Id))).Party);
        }

        Assert.Equal("0 of 1, 0 open, 0 waiting", (await Market.Seats(postings[0].PostingId)).ToString());
        (await Market.FirmSays(offers[0].Id)).Is(409, "step-out-of-order");
    }

    [Fact]
    public async Task costs_the_worker_nothing_to_decline()
    {
        var (worker, posting) = await Market.Pair();
        var before = (await Wait.For(async () => (await Market.Xiji.Get($"/api/matching/workers/{worker}/postings")) is { Status: 200 } heard && heard.Items.Count == 1 ? heard : null, "the posting is listed")).Items[0];
        var offer = await Market.Offer(worker, posting.PostingId);
        var no = (await Market.Xiji.Post($"/api/offers/{offer.Id}/answers", new { party = "worker", answer = "decline", reason = "家中有事", by = "link" })).Is(200);
        Assert.Equal(("declined", "worker", "家中有事"), ((string?)no.Json["state"], (string?)no.Json["closedBy"], (string?)no.Json["reason"]));
        Assert.Equal("worker", (await Market.Ear.Of<OfferClosed>(Guid.Parse(offer.Id))).Party);
        Assert.Equal("link", (await Market.Ear.Of<OfferAnswered>(Guid.Parse(offer.Id))).By);
        var after = Assert.Single((await Market.Xiji.Get($"/api/matching/workers/{worker}/postings?after=0")).Is(200).Items);
        Assert.Equal(before["worker"]!.ToJsonString(), after["worker"]!.ToJsonString());
        Assert.Equal(before["firm"]!.ToJsonString(), after["firm"]!.ToJsonString());
        await Market.Agreed(worker, posting.PostingId);
    }

    [Fact]
    public async Task is_for_each_side_to_do()
    {
        var (worker, posting) = await Market.Pair();
        var offer = await Market.Offer(worker, posting.PostingId);
        var path = $"/api/offers/{offer.Id}/answers";
        (await Market.Pengyang.Post(path, new { party = "worker", answer = "accept" })).Is(404);
        (await Market.Firm(Market.NewId()).Post(path, new { party = "employer", answer = "accept" })).Is(404);
        (await Market.Firm(posting.EmployerId).Post(path, new { party = "worker", answer = "accept" })).Is(403, "forbidden-scope");
        (await Market.Haicang.Post(path, new { party = "worker", answer = "accept" })).Is(403, "forbidden-scope");
        (await Market.Xiji.Post(path, new { party = "employer", answer = "accept" })).Is(403, "forbidden-scope");
        (await Market.Firm(posting.EmployerId).Post(path, new { party = "employer", answer = "accept" })).Is(200);
        Assert.Equal("self", (await Market.Ear.Of<OfferAnswered>(Guid.Parse(offer.Id))).By);
    }

    [Fact]
    public async Task refuses_what_makes_no_sense()
    {
        var (worker, posting) = await Market.Pair();
        var offer = await Market.Offer(worker, posting.PostingId);
        var path = $"/api/offers/{offer.Id}/answers";
        (await Market.Xiji.Post(path, new { party = "worker", answer = "perhaps" })).Is(400, "validation");
        (await Market.Xiji.Post(path, new { party = "worker", answer = "accept", by = "pigeon" })).Is(400, "validation");
        (await Market.Xiji.Post(path, new { party = "worker", answer = "decline", reason = new string('长', 401) })).Is(400, "validation");
        (await Market.Xiji.Post($"/api/offers/{Market.NewId()}/answers", new { party = "worker", answer = "accept" })).Is(404);
        (await Market.WorkerSays(offer.Id)).Is(200);
        (await Market.WorkerSays(offer.Id)).Is(409, "already-answered");
        (await Market.Xiji.Post($"/api/offers/{offer.Id}/withdrawal", new { reason = "岗位取消" })).Is(200);
        (await Market.FirmSays(offer.Id)).Is(409, "step-out-of-order");
        (await Market.Xiji.Post($"/api/offers/{offer.Id}/withdrawal", new { })).Is(409, "step-out-of-order");
        Assert.Equal("0 of 1, 0 open, 0 waiting", (await Market.Seats(posting.PostingId)).ToString());
    }

    [Fact]
    public async Task is_over_when_the_time_is_over()
    {
        var (worker, posting) = await Market.Pair();
        var offer = await Market.Offer(worker, posting.PostingId, TimeProvider.System.GetUtcNow().AddSeconds(1));
        await Market.IsOffer(offer.Id, "expired");
        (await Market.WorkerSays(offer.Id)).Is(409, "offer-expired");
        Assert.Equal("expired", (await Market.Ear.Of<OfferClosed>(Guid.Parse(offer.Id))).State);
        Assert.Equal("0 of 1, 0 open, 0 waiting", (await Market.Seats(posting.PostingId)).ToString());
        await Market.Agreed(worker, posting.PostingId);
    }

    [Fact]
    public async Task refuses_whom_another_firm_took_meanwhile()
    {
        var (worker, posting) = await Market.Pair();
        var offer = await Market.Offer(worker, posting.PostingId);
        (await Market.WorkerSays(offer.Id)).Is(200);
        await Market.AtWork(worker, Market.NewId());
        Assert.Contains((await Market.FirmSays(offer.Id)).Is(409).Code, new[] { "worker-not-free", "step-out-of-order" });
        await Market.IsOffer(offer.Id, "withdrawn");
        Assert.Equal("hired-elsewhere", (string?)(await Market.OfferOf(offer.Id)).Json["reason"]);
    }

    [Fact]
    public async Task ends_when_the_worker_takes_back_the_consent()
    {
        var (worker, posting) = await Market.Pair();
        var offer = await Market.Offer(worker, posting.PostingId);
        await Market.Workers.Tell((worker, new WorkerNotWilling(worker, "consent-withdrawn")));
        await Market.IsOffer(offer.Id, "withdrawn");
        Assert.Equal("not-willing", (string?)(await Market.OfferOf(offer.Id)).Json["reason"]);
        Assert.Equal("0 of 1, 0 open, 0 waiting", (await Market.Seats(posting.PostingId)).ToString());
    }

    [Theory]
    [InlineData("closed", true)]
    [InlineData("employer-suspended", true)]
    [InlineData("expired", false)]
    public async Task ends_when_the_firm_closes_the_posting_but_not_when_its_validity_runs_out(string reason, bool ends)
    {
        var (worker, posting) = await Market.Pair();
        var offer = await Market.Offer(worker, posting.PostingId);
        (await Market.WorkerSays(offer.Id)).Is(200);
        await Market.Close(posting, reason);
        if (ends)
        {
            await Market.IsOffer(offer.Id, "withdrawn");
        }
        else
        {
            Assert.Equal("accepted", (string?)(await Market.FirmSays(offer.Id)).Is(200).Json["state"]);
        }
    }
}

[Collection(OnSqlite.Name)]
public sealed class Answering_an_offer_on_SQLite(SqliteMarket market) : Answering_an_offer(market);

[Collection(OnPostgreSql.Name)]
public sealed class Answering_an_offer_on_PostgreSQL(PostgreSqlMarket market) : Answering_an_offer(market);
