using LaborBridge.Contracts;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Matching;

public abstract class Getting_a_seat_back(Market market) : MarketTest(market)
{
    [Fact]
    public async Task moves_the_waitlist_up_when_somebody_never_started()
    {
        var (posting, hired, waiting) = await FullWithOneWaiting();
        Assert.Equal("2 of 2, 1 open, 1 waiting", (await Market.Seats(posting.PostingId)).ToString());
        await Market.Ended(Guid.Parse(hired.Id), hired.Worker(), posting, seatFreed: true);
        await Market.IsOffer(waiting.Id, "accepted");
        Assert.Equal(waiting.Worker(), (await Market.Ear.Of<WorkerHired>(Guid.Parse(waiting.Id))).WorkerId);
        Assert.Equal("2 of 2, 0 open, 0 waiting", (await Market.Seats(posting.PostingId)).ToString());
    }

    [Fact]
    public async Task keeps_the_seat_of_somebody_who_started_and_left()
    {
        var (posting, hired, waiting) = await FullWithOneWaiting();
        await Market.Ended(Guid.Parse(hired.Id), hired.Worker(), posting);
        Assert.Equal("2 of 2, 1 open, 1 waiting", (await Market.Seats(posting.PostingId)).ToString());
        Assert.True((bool)(await Market.OfferOf(waiting.Id)).Json["waiting"]!);
        Assert.Empty((await Market.Xiji.Get($"/api/matching/workers/{hired.Worker()}/postings?after=placements:{await Market.Head(Market.Placements)}")).Is(200).Items);
    }

    [Fact]
    public async Task moves_the_waitlist_up_when_the_headcount_rises()
    {
        var (posting, _, waiting) = await FullWithOneWaiting();
        await Market.Tell(posting with { Version = 2, Headcount = 3 });
        await Market.IsOffer(waiting.Id, "accepted");
        Assert.Equal("3 of 3, 0 open, 0 waiting", (await Market.Seats(posting.PostingId)).ToString());
    }

    [Fact]
    public async Task passes_over_who_went_elsewhere()
    {
        var (posting, hired, waiting) = await FullWithOneWaiting();
        await Market.AtWork(waiting.Worker(), Market.NewId());
        await Market.IsOffer(waiting.Id, "withdrawn");
        Assert.Equal("2 of 2, 0 open, 0 waiting", (await Market.Seats(posting.PostingId)).ToString());
        await Market.Ended(Guid.Parse(hired.Id), hired.Worker(), posting, seatFreed: true);
        await Wait.Until(async () => (await Market.Seats(posting.PostingId)).ToString() == "1 of 2, 0 open, 0 waiting", "the seat is free");
    }

    [Fact]
    public async Task takes_back_a_hire_of_somebody_who_had_found_other_work()
    {
        var (posting, hired, waiting) = await FullWithOneWaiting();
        var elsewhere = Market.NewId();
        await Market.AtWork(hired.Worker(), elsewhere);

        // Placements, which knew of the other work first, has opened the hire and ended it at once.
        await Market.Placements.Tell(
            (Guid.Parse(hired.Id), new PlacementOpened(Guid.Parse(hired.Id), hired.Worker(), "platform", posting.EmployerId, posting.PostingId, "350205", "left", Running: false)),
            (Guid.Parse(hired.Id), new PlacementEnded(Guid.Parse(hired.Id), hired.Worker(), posting.EmployerId, posting.PostingId, "other", SeatFreed: true, Market.Today)));

        await Market.IsOffer(waiting.Id, "accepted");
        var before = await Market.State();
        Assert.Contains(elsewhere.ToString(), before, StringComparison.Ordinal);
        await Market.Rebuild(Market.Placements);
        Assert.Equal(before, await Market.State());
        await Market.Ended(elsewhere, hired.Worker());
    }

    [Fact]
    public async Task keeps_whom_it_hired_when_the_headcount_falls_below()
    {
        var (posting, hired, waiting) = await FullWithOneWaiting();
        await Market.Tell(posting with { Version = 2, Headcount = 1 });
        var told = await Wait.For(
            () => Task.FromResult(Market.Ear.HeardOf<SeatsCounted>(posting.PostingId).LastOrDefault(seats => seats.Accepted == 2 && seats.Open == 1)), "the seats are told");
        Assert.Equal(2, told.Headcount);
        Assert.Equal("accepted", (string?)(await Market.OfferOf(hired.Id)).Json["state"]);

        // One seat comes back: it is the one too many, nobody moves up.
        await Market.Ended(Guid.Parse(hired.Id), hired.Worker(), posting, seatFreed: true);
        await Wait.Until(async () => (await Market.Seats(posting.PostingId)).ToString() == "1 of 1, 1 open, 1 waiting", "the seat too many is gone");
        Assert.Equal("open", (string?)(await Market.OfferOf(waiting.Id)).Json["state"]);
    }

    [Fact]
    public async Task counts_nothing_twice_when_everything_is_delivered_again()
    {
        var (posting, hired, waiting) = await FullWithOneWaiting();
        var placement = Guid.Parse(hired.Id);
        await Market.Ended(placement, hired.Worker(), posting, seatFreed: true);
        await Market.IsOffer(waiting.Id, "accepted");
        var (open, _) = await Market.Pair(headcount: 2);
        var elsewhere = Market.NewId();
        await Market.AtWork(open, elsewhere);
        var before = await Market.State();

        // Told twice by the source, and the whole of each stream again.
        await Market.Placements.Tell(
            (placement, new PlacementEnded(placement, hired.Worker(), posting.EmployerId, posting.PostingId, "no-show", SeatFreed: true, Market.Today)),
            (elsewhere, new PlacementOpened(elsewhere, open, "roster", EmployerId: null, PostingId: null, "350205", "on-post", Running: true)));
        await Market.Rebuild(Market.Placements);
        await Market.Rebuild(Market.Workers);
        await Market.Rebuild(Market.Employers);
        Assert.Equal(before, await Market.State());
    }

    [Fact]
    public async Task decides_nothing_while_a_copy_is_built_anew()
    {
        // In the past of these streams the worker was unwilling and at work, and the posting closed; none of that ends the offer of today.
        var (worker, posting) = await Market.Pair();
        var willing = Market.Willing(posting.Trade) with { WorkerId = worker };
        var past = Market.NewId();
        await Market.Workers.Tell((worker, new WorkerNotWilling(worker, "not-now")), (worker, willing));
        await Market.AtWork(worker, past);
        await Market.Ended(past, worker);
        await Market.Close(posting, "closed");
        await Market.Tell(posting with { Version = 2 });
        var offer = await Market.Offer(worker, posting.PostingId);
        await Market.Rebuild(Market.Workers);
        await Market.Rebuild(Market.Employers);
        await Market.Rebuild(Market.Placements);
        (await Market.WorkerSays(offer.Id)).Is(200);
        Assert.Equal("accepted", (string?)(await Market.FirmSays(offer.Id)).Is(200).Json["state"]);
    }

    private async Task<(PostingPublished Posting, Heard Hired, Heard Waiting)> FullWithOneWaiting()
    {
        var trade = Market.NewTrade();
        var workers = await Market.Tell([.. Enumerable.Range(0, 3).Select(_ => Market.Willing(trade))]);
        var posting = await Market.Tell(Market.Open(trade, headcount: 2));
        var offers = new List<Heard>();
        foreach (var worker in workers)
        {
            offers.Add(await Market.Offer(worker, posting.PostingId));
        }

        foreach (var offer in offers)
        {
            (await Market.FirmSays(offer.Id)).Is(200);
        }

        Assert.Equal("accepted", (string?)(await Market.WorkerSays(offers[0].Id)).Is(200).Json["state"]);
        Assert.Equal("accepted", (string?)(await Market.WorkerSays(offers[1].Id)).Is(200).Json["state"]);
        var last = (await Market.WorkerSays(offers[2].Id)).Is(200);
        Assert.Equal(("open", true), ((string?)last.Json["state"], (bool)last.Json["waiting"]!));
        return (posting, offers[0], offers[2]);
    }
}

[Collection(OnSqlite.Name)]
public sealed class Getting_a_seat_back_on_SQLite(SqliteMarket market) : Getting_a_seat_back(market);

[Collection(OnPostgreSql.Name)]
public sealed class Getting_a_seat_back_on_PostgreSQL(PostgreSqlMarket market) : Getting_a_seat_back(market);
