using System.Text.Json;
using LaborBridge.Contracts;
using LaborBridge.Domain;
using LaborBridge.EventStreams;
using LaborBridge.Matching.Engine;
using LaborBridge.Matching.Offers;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching.Books;

/// <summary>The open postings as Employers told of them; accepted, open and waiting are counted here and nowhere else.</summary>
internal static class PostingCopy
{
    private static readonly Sql Stub = Sql.InsertOrIgnore("match_postings", "posting_id", "change_no, live, headcount, accepted, open_offers, waiting");

    private static readonly Sql Publish = Sql.Text("""
        UPDATE match_postings SET live = 1, employer_id = @EmployerId, site_division = @SiteDivision, headcount = @Headcount, entry = @Entry WHERE posting_id = @PostingId
        """);

    private static readonly Sql Close = Sql.Text("UPDATE match_postings SET live = 0 WHERE posting_id = @PostingId");

    private static readonly Sql CloseAll = Sql.Text("UPDATE match_postings SET live = 0 WHERE live = 1");

    private static readonly Sql One = Sql.Text($"SELECT {PostingRow.Columns} FROM match_postings {{lock}} WHERE posting_id = @Id {{for update}}");

    public static async Task Apply(Tx tx, PostingPublished published, EventContext context)
    {
        await EnsureRow(tx, published.PostingId);
        await tx.Execute(Publish, new
        {
            published.EmployerId,
            published.SiteDivision,
            published.Headcount,
            Entry = JsonSerializer.Serialize(published, JsonText.Options),
            published.PostingId,
        });
        tx.PostingChanged(published.PostingId);
        await Waitlist.MoveUp(tx, published.PostingId, ChinaTime.Day(context.At));
        await Offers.Seats.Tell(tx, published.PostingId);
    }

    public static async Task Apply(Tx tx, PostingClosed closed, EventContext context)
    {
        await EnsureRow(tx, closed.PostingId);
        await tx.Execute(Close, new { closed.PostingId });
        tx.PostingChanged(closed.PostingId);
    }

    public static Task Clear(Tx tx) => tx.Execute(CloseAll);

    /// <summary>The posting's row, locked to the end of a write.</summary>
    public static Task<PostingRow?> Lock(Tx tx, Guid posting) => tx.First<PostingRow>(One, new { Id = posting });

    /// <summary>What Employers told last; null while nothing is known.</summary>
    public static PostingPublished? Told(PostingRow row) => row.Entry is null ? null : JsonSerializer.Deserialize<PostingPublished>(row.Entry, JsonText.Options);

    /// <summary>The engine's view; null while nothing is known of the posting.</summary>
    public static PostingEntry? Entry(PostingRow row) => Told(row) is not { } told ? null : new PostingEntry
    {
        Id = row.PostingId,
        Employer = told.EmployerId,
        Site = told.SiteDivision,
        Trade = told.Trade,
        RequiredGrade = WorkerCopy.Grade(told.Grade),
        Certificates = [.. told.Certificates.Distinct(StringComparer.Ordinal)],
        Headcount = row.Headcount,
        Accepted = row.Accepted,
        GuaranteedPay = told.MonthlyGuaranteedFen,
        Lodging = Kebab.Parse<Lodging>(told.Lodging),
        Canteen = [.. told.Canteens.Distinct(StringComparer.Ordinal)],
        Hazards = [.. told.Hazards.Distinct(StringComparer.Ordinal)],
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
    public const string Columns = "posting_id, change_no, employer_id, site_division, live, entry, headcount, accepted, open_offers, waiting";

    public required Guid PostingId { get; init; }
    public required long ChangeNo { get; init; }
    public Guid? EmployerId { get; init; }
    public string? SiteDivision { get; init; }
    public required bool Live { get; init; }
    public string? Entry { get; init; }
    public required int Headcount { get; init; }
    public required int Accepted { get; init; }
    public required int OpenOffers { get; init; }
    public required int Waiting { get; init; }
}
