using LaborBridge.Contracts;
using LaborBridge.Matching.Books;
using LaborBridge.Persistence;
using LaborBridge.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace LaborBridge.Tests.Services.Matching;

public abstract class Keeping_the_book(Market market) : MarketTest(market)
{
    [Fact]
    public async Task follows_changes_made_by_another_replica()
    {
        using var other = new BookKeeper(Market.Db, TimeProvider.System, NullLogger<BookKeeper>.Instance);
        var (worker, posting) = await Market.Pair();
        await other.CatchUp(Cancel);
        Assert.NotNull(other.Book.FindWorker(worker));
        Assert.Equal(posting.PostingId, Assert.Single(other.Book.TopPostings(worker, 5)!).Posting.Id);

        await Market.Agreed(worker, posting.PostingId);
        await other.CatchUp(Cancel);
        Assert.False(other.Book.FindWorker(worker)!.Free);
        Assert.Equal(0, other.Book.FindPosting(posting.PostingId)!.FreeSeats);

        await Market.Workers.Tell((worker, new WorkerErased(worker)));
        await Market.Close(posting, "closed");
        await Wait.Until(async () => (await Market.Xiji.Get($"/api/matching/workers/{worker}/postings")).Status == 404, "the service's own book follows");
        await other.CatchUp(Cancel);
        Assert.Null(other.Book.FindWorker(worker));
        Assert.Null(other.Book.FindPosting(posting.PostingId));
    }

    [Fact]
    public async Task starts_with_everything_that_stands()
    {
        var (worker, posting) = await Market.Pair();
        using var restarted = new BookKeeper(Market.Db, TimeProvider.System, NullLogger<BookKeeper>.Instance);
        await restarted.StartAsync(Cancel);
        Assert.NotNull(restarted.Book.FindWorker(worker));
        Assert.NotNull(restarted.Book.FindPosting(posting.PostingId));
        await restarted.StopAsync(Cancel);
    }

    [Fact]
    public async Task forgets_what_a_copy_built_anew_does_not_have()
    {
        var (worker, posting) = await Market.Pair();
        using var book = new BookKeeper(Market.Db, TimeProvider.System, NullLogger<BookKeeper>.Instance);
        await book.CatchUp(Cancel);
        await Market.Db.Write(async tx =>
        {
            await WorkerCopy.Clear(tx);
            await PostingCopy.Clear(tx);
        }, cancel: Cancel);
        await book.CatchUp(Cancel);
        Assert.Equal((0, 0), (book.Book.WorkerCount, book.Book.PostingCount));
        await Market.Rebuild(Market.Workers);
        await Market.Rebuild(Market.Employers);
        await book.CatchUp(Cancel);
        Assert.NotNull(book.Book.FindWorker(worker));
        Assert.NotNull(book.Book.FindPosting(posting.PostingId));
    }

    [Fact]
    public async Task leaves_out_a_broken_entry_and_nothing_else_and_says_so()
    {
        var trade = Market.NewTrade();
        var broken = Market.Willing(trade) with { Places = ["35020"] };
        var free = Market.Open(trade) with { MonthlyGuaranteedFen = -1 };
        var good = Market.Willing(trade);
        await Market.Workers.Tell((broken.WorkerId, broken), (good.WorkerId, good));
        await Market.Employers.Tell((free.PostingId, free));
        var posting = await Market.Tell(Market.Open(trade));
        var list = await Wait.For(async () => (await Market.Haicang.Get($"/api/matching/postings/{posting.PostingId}/workers")) is { Status: 200 } heard && heard.Items.Count > 0 ? heard : null, "the good one is listed");
        Assert.Equal(good.WorkerId.ToString(), (string)Assert.Single(list.Items)["workerId"]!);
        (await Market.Xiji.Get($"/api/matching/workers/{broken.WorkerId}/postings")).Is(404);
        (await Market.Xiji.Post("/api/offers", new { workerId = broken.WorkerId, postingId = posting.PostingId })).Is(404);
        (await Market.Xiji.Get($"/api/matching/explanation?worker={good.WorkerId}&posting={free.PostingId}")).Is(404);

        var health = await Wait.For(async () => (await Market.Host.AsAnyone().Get("/health/ready")) is { Status: 200 } heard && heard.Text.Contains("cannot be matched") ? heard : null, "health says so");
        Assert.Equal("degraded", (string?)health.Json["status"]);
        Assert.DoesNotContain("\"stuck\":{", health.Text);

        await Market.Workers.Tell((broken.WorkerId, broken with { Places = ["3502"] }));
        await Market.Close(free, "closed");
        await Wait.Until(async () => (string?)(await Market.Host.AsAnyone().Get("/health/ready")).Json["status"] == "ok", "health is good again");
        Assert.Single((await Market.Xiji.Get($"/api/matching/workers/{broken.WorkerId}/postings")).Is(200).Items);
    }

    [Fact]
    public async Task keeps_neither_sex_nor_birth_year_nor_name()
    {
        await Market.Pair();
        var entries = await Market.Db.Read(tx => tx.Query<string>(Entries), Cancel);
        Assert.NotEmpty(entries);
        Assert.All(entries, entry => Assert.DoesNotMatch("(?i)sex|birth|name|ethnic|health\"|phone|resident", entry));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly Sql Entries = Sql.Text("SELECT entry FROM match_workers WHERE entry IS NOT NULL");
}

[Collection(OnSqlite.Name)]
public sealed class Keeping_the_book_on_SQLite(SqliteMarket market) : Keeping_the_book(market);

[Collection(OnPostgreSql.Name)]
public sealed class Keeping_the_book_on_PostgreSQL(PostgreSqlMarket market) : Keeping_the_book(market);
