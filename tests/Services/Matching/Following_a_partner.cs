using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Matching.Books;
using LaborBridge.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace LaborBridge.Tests.Services.Matching;

/// <summary>Where a partner or group has found work draws those who travel with them, as far as Matching knows.</summary>
public abstract class Following_a_partner(Market market) : MarketTest(market)
{
    [Fact]
    public async Task ranks_the_partners_city_first_until_he_leaves()
    {
        var (own, theirs) = (Market.NewTrade(), Market.NewTrade());
        var party = Market.NewId();
        var stays = Market.Willing(own) with { Places = [], With = party };
        var goes = Market.Willing(theirs) with { With = party };
        await Market.Tell(stays, goes);
        var fuzhou = await Market.Tell(Market.Open(own) with { SiteDivision = "350102", MonthlyGuaranteedFen = 510_000 });
        var xiamen = await Market.Tell(Market.Open(own) with { SiteDivision = "350212" });
        var job = await Market.Tell(Market.Open(theirs));
        await Ranks(stays.WorkerId, fuzhou, xiamen);
        Assert.Equal((0, "没有已落实岗位的同行人"), await Part(stays.WorkerId, xiamen));

        var hire = await Market.Agreed(goes.WorkerId, job.PostingId);
        await Ranks(stays.WorkerId, xiamen, fuzhou);
        Assert.Equal((200, "与同行人同一城市"), await Part(stays.WorkerId, xiamen));
        Assert.Equal((50, "与同行人同一省份"), await Part(stays.WorkerId, fuzhou));

        await Market.Ended(Guid.Parse(hire.Id), goes.WorkerId, job, seatFreed: true);
        await Ranks(stays.WorkerId, fuzhou, xiamen);
    }

    [Fact]
    public async Task knows_where_somebody_works_who_found_it_elsewhere()
    {
        var (first, second) = (Market.Willing(Market.NewTrade()), Market.Willing(Market.NewTrade()));
        // They name each other, as a sheet has it.
        await Market.Tell(first with { With = second.WorkerId }, second with { With = first.WorkerId });
        Assert.Null(await PartnerOf(second.WorkerId));
        await Market.AtWork(first.WorkerId, Market.NewId());
        Assert.Equal("350205", await PartnerOf(second.WorkerId));
        Assert.Null(await PartnerOf(first.WorkerId));
    }

    [Fact]
    public async Task binds_nobody_whom_only_one_of_them_names()
    {
        var (first, second) = (Market.Willing(Market.NewTrade()), Market.Willing(Market.NewTrade()));
        await Market.Tell(first with { With = second.WorkerId }, second);
        await Market.AtWork(first.WorkerId, Market.NewId());
        await Market.AtWork(second.WorkerId, Market.NewId());
        Assert.Null(await PartnerOf(first.WorkerId));
        Assert.Null(await PartnerOf(second.WorkerId));
    }

    [Fact]
    public async Task goes_where_most_of_a_group_are()
    {
        var party = Market.NewId();
        var members = Enumerable.Range(0, 4).Select(_ => Market.Willing(Market.NewTrade()) with { With = party }).ToArray();
        await Market.Tell(members);
        await AtWork(members[0], "350102");
        Assert.Equal("350102", await PartnerOf(members[3].WorkerId));
        await AtWork(members[1], "350205");
        await AtWork(members[2], "350205");
        Assert.Equal("350205", await PartnerOf(members[3].WorkerId));
        // Nobody is drawn by himself, and equal numbers go by the lower code.
        Assert.Equal("350102", await PartnerOf(members[1].WorkerId));
    }

    [Fact]
    public async Task ends_for_those_who_stay_when_somebody_leaves_the_group_or_withdraws()
    {
        var party = Market.NewId();
        var (stays, leaves, withdraws) = (Market.Willing(Market.NewTrade()) with { With = party }, Market.Willing(Market.NewTrade()) with { With = party }, Market.Willing(Market.NewTrade()) with { With = party });
        await Market.Tell(stays, leaves, withdraws);
        using var book = new BookKeeper(Market.Db, TimeProvider.System, NullLogger<BookKeeper>.Instance);
        await AtWork(leaves, "350102");
        await book.CatchUp(Cancel);
        Assert.Equal("350102", book.Book.FindWorker(stays.WorkerId)!.PartnerAt);

        await Market.Workers.Tell((leaves.WorkerId, leaves with { With = null }));
        await Followed(book, stays.WorkerId, null);

        await AtWork(withdraws, "350205");
        await Followed(book, stays.WorkerId, "350205");
        await Market.Workers.Tell((withdraws.WorkerId, new WorkerNotWilling(withdraws.WorkerId, "consent-withdrawn")));
        await Followed(book, stays.WorkerId, null);
    }

    [Fact]
    public async Task takes_a_place_that_is_no_division_for_none()
    {
        var party = Market.NewId();
        var (stays, goes) = (Market.Willing(Market.NewTrade()) with { With = party }, Market.Willing(Market.NewTrade()) with { With = party });
        await Market.Tell(stays, goes);
        await AtWork(goes, "外省");
        Assert.Null(await PartnerOf(stays.WorkerId));
    }

    [Fact]
    public async Task survives_copies_that_are_built_anew()
    {
        var (own, theirs, party) = (Market.NewTrade(), Market.NewTrade(), Market.NewId());
        var (stays, hired, found) = (Market.Willing(own) with { With = party }, Market.Willing(theirs) with { With = party }, Market.Willing(own) with { With = party });
        await Market.Tell(stays, hired, found);
        await Market.Agreed(hired.WorkerId, (await Market.Tell(Market.Open(theirs))).PostingId);
        await AtWork(found, "350102");
        var before = await Market.State();

        await Market.Rebuild(Market.Workers);
        await Market.Rebuild(Market.Placements);
        Assert.Equal(before, await Market.State());
        Assert.Equal("350102", await PartnerOf(stays.WorkerId));
    }

    private async Task AtWork(WorkerWilling worker, string division)
    {
        var placement = Market.NewId();
        await Market.Placements.Tell((placement, new PlacementOpened(placement, worker.WorkerId, "roster", EmployerId: null, PostingId: null, division, "on-post", Running: true)));
        var after = await Market.Head(Market.Placements);
        await Wait.Until(async () => await Market.Db.Read(tx => tx.Checkpoint(Market.Placements.Name)) >= after, "the placement is known");
    }

    private async Task Ranks(Guid worker, params PostingPublished[] postings) => await Wait.Until(
        async () => (await Market.Xiji.Get($"/api/matching/workers/{worker}/postings")) is { Status: 200 } heard
            && heard.Items.Select(item => (string)item["postingId"]!).SequenceEqual(postings.Select(posting => posting.PostingId.ToString())),
        $"the order is {string.Join(", ", postings.Select(posting => posting.SiteDivision))}");

    private async Task<(int Points, string Sentence)> Part(Guid worker, PostingPublished posting)
    {
        var why = (await Market.Xiji.Get($"/api/matching/explanation?worker={worker}&posting={posting.PostingId}")).Is(200);
        var part = why.Json["worker"]!["parts"]!.AsArray().Single(one => (string)one!["code"]! == "partner")!;
        return ((int)part["points"]!, (string)part["sentence"]!);
    }

    // As a book sees it that follows, and as one that begins.
    private async Task<string?> PartnerOf(Guid worker)
    {
        var own = (BookKeeper)Market.Host.Services.GetService(typeof(BookKeeper))!;
        using var begins = new BookKeeper(Market.Db, TimeProvider.System, NullLogger<BookKeeper>.Instance);
        await own.CatchUp(Cancel);
        await begins.CatchUp(Cancel);
        Assert.Equal(begins.Book.FindWorker(worker)!.PartnerAt, own.Book.FindWorker(worker)!.PartnerAt);
        return begins.Book.FindWorker(worker)!.PartnerAt;
    }

    private static Task Followed(BookKeeper book, Guid worker, string? place) => Wait.Until(
        async () =>
        {
            await book.CatchUp(Cancel);
            return book.Book.FindWorker(worker)!.PartnerAt == place;
        },
        $"the partner is at {place ?? "no place"}");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}

[Collection(OnSqlite.Name)]
public sealed class Following_a_partner_on_SQLite(SqliteMarket market) : Following_a_partner(market);

[Collection(OnPostgreSql.Name)]
public sealed class Following_a_partner_on_PostgreSQL(PostgreSqlMarket market) : Following_a_partner(market);
