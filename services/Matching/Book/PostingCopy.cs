using System.Text.Json;
using LaborBridge.Contracts;
using LaborBridge.Domain;
using LaborBridge.EventStreams;
using LaborBridge.Matching.Engine;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching.Books;

/// <summary>The open postings as Employers told of them; accepted, open and waiting are counted here and nowhere else.</summary>
internal static class PostingCopy
{
    private static readonly Sql Stub = Sql.InsertOrIgnore("match_postings", "posting_id", "change_no, live, headcount, accepted, open_offers, waiting");

    private static readonly Sql Publish = Sql.Text("""
        UPDATE match_postings SET live = 1, closed = NULL, employer_id = @EmployerId, site_division = @SiteDivision, headcount = @Headcount, entry = @Entry WHERE posting_id = @PostingId
        """);

    private static readonly Sql Close = Sql.Text("UPDATE match_postings SET live = 0, closed = @Reason WHERE posting_id = @PostingId");

    private static readonly Sql CloseAll = Sql.Text("UPDATE match_postings SET live = 0, closed = NULL");

    private static readonly Sql One = Sql.Text($"SELECT {PostingRow.Columns} FROM match_postings {{lock}} WHERE posting_id = @Id {{for update}}");

    private static readonly Sql Many = Sql.Text($"SELECT {PostingRow.Columns} FROM match_postings {{lock}} WHERE posting_id IN @Ids ORDER BY posting_id {{for update}}");

    private static readonly Sql OfWorker = Sql.Text($$"""
        SELECT {{PostingRow.Columns}} FROM match_postings {lock}
        WHERE posting_id IN (SELECT posting_id FROM offers WHERE worker_id = @Worker AND state = 'open') ORDER BY posting_id {for update}
        """);

    public static async Task Apply(Tx tx, PostingPublished published, EventContext context)
    {
        await EnsureRow(tx, published.PostingId);
        var before = await Lock(tx, published.PostingId) ?? throw new InvalidOperationException($"The row of posting {published.PostingId} vanished.");
        await tx.Execute(Publish, new
        {
            published.EmployerId,
            published.SiteDivision,
            published.Headcount,
            Entry = JsonSerializer.Serialize(published, JsonText.Options),
            published.PostingId,
        });
        tx.PostingChanged(published.PostingId);
        if (before.EmployerId is null || before.Headcount != published.Headcount)
        {
            await Offers.Seats.Tell(tx, published.PostingId);
        }
    }

    public static async Task Apply(Tx tx, PostingClosed closed, EventContext context)
    {
        await EnsureRow(tx, closed.PostingId);
        await tx.Execute(Close, new { closed.Reason, closed.PostingId });
        tx.PostingChanged(closed.PostingId);
    }

    public static async Task Clear(Tx tx)
    {
        await tx.Execute(CloseAll);
        tx.EveryPostingChanged();
    }

    /// <summary>The rows of several postings, locked in the order of their ids.</summary>
    public static Task<List<PostingRow>> Lock(Tx tx, IReadOnlyCollection<Guid> postings) => tx.Query<PostingRow>(Many, new { Ids = postings });

    /// <summary>The rows of all postings that the worker has open offers of, locked in the order of their ids. The worker's row is locked before.</summary>
    public static Task<List<PostingRow>> LockOfWorker(Tx tx, Guid worker) => tx.Query<PostingRow>(OfWorker, new { Worker = worker });

    /// <summary>The posting's row, locked to the end of a write.</summary>
    public static Task<PostingRow?> Lock(Tx tx, Guid posting) => tx.First<PostingRow>(One, new { Id = posting });

    /// <summary>What Employers told last; null while nothing is known.</summary>
    public static PostingPublished? Told(PostingRow row) => row.Entry is null ? null : JsonSerializer.Deserialize<PostingPublished>(row.Entry, JsonText.Options);

    /// <summary>The engine's view; null while nothing is known of the posting.</summary>
    /// <param name="row">The copy.</param>
    /// <param name="broken">Why there is no entry although something was told.</param>
    public static PostingEntry? Entry(PostingRow row, out string? broken) => EngineView.Of(() => Map(row), EngineView.Check, out broken);

    public static PostingEntry? Entry(PostingRow row) => Entry(row, out _);

    private static PostingEntry? Map(PostingRow row) => Told(row) is not { } told ? null : new PostingEntry
    {
        Id = row.PostingId,
        Employer = told.EmployerId,
        Site = EngineView.Division(told.SiteDivision),
        Trade = told.Trade,
        RequiredGrade = EngineView.Grade(told.Grade),
        Certificates = EngineView.Once(told.Certificates),
        Languages = EngineView.Once(told.Languages),
        Headcount = row.Headcount,
        Accepted = row.Accepted,
        GuaranteedPay = told.MonthlyGuaranteedFen,
        Lodging = Kebab.Parse<Lodging>(told.Lodging),
        Canteen = EngineView.Once(told.Canteens),
        Hazards = EngineView.Once(told.Hazards),
        MotionsPerMinute = told.MotionsPerMinute,
        JuvenileBarred = Domain.Trades.Find(told.Trade)?.Barred ?? false,
        ValidFrom = told.ValidFrom,
        ValidTo = told.ValidTo,
        StartsOn = told.StartsOn,
    };

    private static Task<int> EnsureRow(Tx tx, Guid posting) =>
        tx.Execute(Stub, new { PostingId = posting, ChangeNo = 0L, Live = false, Headcount = 0, Accepted = 0, OpenOffers = 0, Waiting = 0 });
}

internal sealed class PostingRow
{
    public const string Columns = "posting_id, change_no, employer_id, site_division, live, closed, entry, headcount, accepted, open_offers, waiting";

    public required Guid PostingId { get; init; }
    public required long ChangeNo { get; init; }
    public Guid? EmployerId { get; init; }
    public string? SiteDivision { get; init; }
    public required bool Live { get; init; }

    /// <summary>Why it left the board: <c>closed</c>, <c>expired</c>, <c>employer-suspended</c>.</summary>
    public string? Closed { get; init; }
    public string? Entry { get; init; }
    public required int Headcount { get; init; }
    public required int Accepted { get; init; }
    public required int OpenOffers { get; init; }
    public required int Waiting { get; init; }
}
