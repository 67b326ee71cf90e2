using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Matching.Books;
using LaborBridge.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace LaborBridge.Tests.Services.Matching;

/// <summary>Months of spells that are over count for the firm, whoever found them.</summary>
public abstract class Counting_experience(Market market) : MarketTest(market)
{
    private static readonly DateOnly First = new(2025, 3, 1);

    [Fact]
    public async Task adds_the_complete_months_of_spells_that_are_over()
    {
        var trade = Market.NewTrade();
        var (old, fresh) = (Market.Willing(trade), Market.Willing(trade));
        await Market.Tell(old, fresh);
        var posting = await Market.Tell(Market.Open(trade));
        await Ended(old, Market.NewId(), First, new(2025, 8, 31));
        await Ended(old, Market.NewId(), new(2026, 1, 20), new(2026, 5, 10));
        await Ended(old, Market.NewId(), first: null, new(2026, 6, 1));

        Assert.Equal(9, await Months(old));
        Assert.Equal(0, await Months(fresh));
        Assert.Equal((30, "务工经历 9 个月"), await Part(old, posting));
        Assert.Equal((0, "未登记务工经历"), await Part(fresh, posting));
        var ranked = (await Market.Haicang.Get($"/api/matching/postings/{posting.PostingId}/workers")).Is(200);
        Assert.Equal([old.WorkerId.ToString(), fresh.WorkerId.ToString()], ranked.Items.Select(item => (string)item["workerId"]!));
    }

    [Fact]
    public async Task follows_corrections()
    {
        var worker = Market.Willing(Market.NewTrade());
        await Market.Tell(worker);
        var placement = Market.NewId();
        await Ended(worker, placement, First, new(2025, 8, 31));
        await Ended(worker, placement, First, new(2025, 6, 30));
        Assert.Equal(4, await Months(worker));

        // The end is taken back: at work, as if nothing had ended.
        await Tell(placement, new PlacementMoved(placement, worker.WorkerId, null, null, "correction", "on-post", Market.Today));
        Assert.Equal(0, await Months(worker));
        Assert.False((await Book()).Book.FindWorker(worker.WorkerId)!.Free);
        await Ended(worker, placement, First, new(2025, 8, 31));
        Assert.Equal(6, await Months(worker));
        Assert.True((await Book()).Book.FindWorker(worker.WorkerId)!.Free);

        // Any other step says nothing of an end.
        await Tell(placement, new PlacementMoved(placement, worker.WorkerId, null, null, "leave", "on-leave", Market.Today));
        Assert.Equal(6, await Months(worker));
    }

    [Fact]
    public async Task counts_two_records_of_one_person_together_while_they_are_one()
    {
        var (kept, absorbed) = (Market.Willing(Market.NewTrade()), Market.Willing(Market.NewTrade()));
        await Market.Tell(kept, absorbed);
        await Ended(kept, Market.NewId(), First, new(2025, 4, 30));
        await Ended(absorbed, Market.NewId(), First, new(2025, 7, 31));
        await Market.Workers.Tell((absorbed.WorkerId, new WorkerMerged(absorbed.WorkerId, kept.WorkerId)));
        await Known(Market.Workers);
        Assert.Equal(7, await Months(kept));
        await Ended(absorbed, Market.NewId(), new(2025, 9, 1), new(2025, 9, 30));
        Assert.Equal(8, await Months(kept));

        await Market.Workers.Tell((absorbed.WorkerId, new WorkerSeparated(absorbed.WorkerId, kept.WorkerId)));
        await Known(Market.Workers);
        Assert.Equal(2, await Months(kept));
        Assert.Equal(6, await Months(absorbed));
    }

    [Fact]
    public async Task survives_copies_that_are_built_anew()
    {
        var (kept, absorbed) = (Market.Willing(Market.NewTrade()), Market.Willing(Market.NewTrade()));
        await Market.Tell(kept, absorbed);
        await Ended(absorbed, Market.NewId(), First, new(2025, 7, 31));
        await Market.Workers.Tell((absorbed.WorkerId, new WorkerMerged(absorbed.WorkerId, kept.WorkerId)));
        await Known(Market.Workers);
        var before = await Market.State();

        await Market.Rebuild(Market.Workers);
        await Market.Rebuild(Market.Placements);
        Assert.Equal(before, await Market.State());
        Assert.Equal(5, await Months(kept));
    }

    private Task Ended(WorkerWilling worker, Guid placement, DateOnly? first, DateOnly last) =>
        Tell(placement, new PlacementEnded(placement, worker.WorkerId, null, null, "returned", SeatFreed: false, last, first));

    private async Task Tell(Guid placement, object told)
    {
        await Market.Placements.Tell((placement, told));
        await Known(Market.Placements);
    }

    private async Task Known<T>(Teller<T> teller) where T : Teller<T>
    {
        var head = await Market.Head(teller);
        await Wait.Until(async () => await Market.Db.Read(tx => tx.Checkpoint(teller.Name)) >= head, "what was told is known");
    }

    // As the book sees it that follows, and as one that begins.
    private async Task<int> Months(WorkerWilling worker)
    {
        using var begins = new BookKeeper(Market.Db, TimeProvider.System, NullLogger<BookKeeper>.Instance);
        await begins.CatchUp(Cancel);
        var months = begins.Book.FindWorker(worker.WorkerId)!.ExperienceMonths;
        Assert.Equal(months, (await Book()).Book.FindWorker(worker.WorkerId)!.ExperienceMonths);
        return months;
    }

    private async Task<BookKeeper> Book()
    {
        var book = (BookKeeper)Market.Host.Services.GetService(typeof(BookKeeper))!;
        await book.CatchUp(Cancel);
        return book;
    }

    private async Task<(int Points, string Sentence)> Part(WorkerWilling worker, PostingPublished posting)
    {
        var why = (await Market.Xiji.Get($"/api/matching/explanation?worker={worker.WorkerId}&posting={posting.PostingId}")).Is(200);
        var part = why.Json["firm"]!["parts"]!.AsArray().Single(one => (string)one!["code"]! == "experience")!;
        return ((int)part["points"]!, (string)part["sentence"]!);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}

[Collection(OnSqlite.Name)]
public sealed class Counting_experience_on_SQLite(SqliteMarket market) : Counting_experience(market);

[Collection(OnPostgreSql.Name)]
public sealed class Counting_experience_on_PostgreSQL(PostgreSqlMarket market) : Counting_experience(market);
