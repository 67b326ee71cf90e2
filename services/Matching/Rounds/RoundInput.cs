using System.Text.Json;
using LaborBridge.Matching.Books;
using LaborBridge.Matching.Engine;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching.Rounds;

/// <summary>
/// What a round runs on. It is chosen from the book once and kept, so that whoever runs the round, now, after a crash or next year, comes to the same
/// result; a person erased since then is missing.
/// </summary>
internal static class RoundInput
{
    private const int Portion = 250;

    private static readonly Sql ForgetWorkers = Sql.Text("DELETE FROM round_workers WHERE round_id = @Id");

    private static readonly Sql ForgetPostings = Sql.Text("DELETE FROM round_postings WHERE round_id = @Id");

    private static readonly Sql KeepWorker = Sql.Insert("round_workers", "round_id, worker_id, entry, worker_score, firm_score");

    private static readonly Sql KeepPosting = Sql.Insert("round_postings", "round_id, posting_id, entry, taken");

    private static readonly Sql Freeze = Sql.Text("UPDATE rounds SET frozen = 1, as_of = @Day WHERE id = @Id");

    private static readonly Sql Workers = Sql.Text("SELECT entry FROM round_workers WHERE round_id = @Id AND entry IS NOT NULL ORDER BY worker_id");

    private static readonly Sql Postings = Sql.Text("SELECT entry FROM round_postings WHERE round_id = @Id ORDER BY posting_id");

    /// <summary>Chooses the input and keeps it, in portions; a part that a dead owner left behind is dropped.</summary>
    public static async Task Keep(RoundLease lease, RoundRequest request, BookKeeper books, DateOnly day, CancellationToken cancel)
    {
        await books.CatchUp(cancel);
        var (workers, postings) = Choose(request, books.Book.Snapshot());
        var id = lease.Round;
        await lease.Step(
            async tx =>
            {
                await tx.Execute(ForgetWorkers, new { Id = id });
                await tx.Execute(ForgetPostings, new { Id = id });
            },
            cancel);
        foreach (var portion in workers.OrderBy(worker => worker.Id).Chunk(Portion))
        {
            await lease.Step(tx => tx.ExecuteMany(KeepWorker, [.. portion.Select(worker => new KeptWorker(id, worker.Id, Json(worker), 0, 0))]), cancel);
        }

        foreach (var portion in postings.OrderBy(posting => posting.Id).Chunk(Portion))
        {
            await lease.Step(tx => tx.ExecuteMany(KeepPosting, [.. portion.Select(posting => new KeptPosting(id, posting.Id, Json(posting), 0))]), cancel);
        }

        await lease.Step(tx => tx.Execute(Freeze, new { Id = id, Day = day }), cancel);
    }

    /// <summary>The kept input.</summary>
    public static async Task<(WorkerEntry[] Workers, PostingEntry[] Postings)> Read(Tx tx, Guid round) => (
        [.. (await tx.Query<string>(Workers, new { Id = round })).Select(Worker)],
        [.. (await tx.Query<string>(Postings, new { Id = round })).Select(Posting)]);

    public static WorkerEntry Worker(string json) => JsonSerializer.Deserialize<WorkerEntry>(json, JsonText.Options) ?? throw new InvalidOperationException("A kept worker is null.");

    public static PostingEntry Posting(string json) => JsonSerializer.Deserialize<PostingEntry>(json, JsonText.Options) ?? throw new InvalidOperationException("A kept posting is null.");

    private static string Json<T>(T entry) => JsonSerializer.Serialize(entry, JsonText.Options);

    /// <summary>The free, willing workers and open postings that the round asks for.</summary>
    private static (WorkerEntry[] Workers, PostingEntry[] Postings) Choose(RoundRequest request, (WorkerEntry[] Workers, PostingEntry[] Postings) all)
    {
        var homes = request.Workers?.Divisions ?? [];
        var monitored = request.Workers?.Statuses is { Count: > 0 };
        var sites = request.Postings?.Divisions ?? [];
        var trades = request.Postings?.Trades ?? [];
        var employers = request.Postings?.Employers ?? [];
        return (
            [.. all.Workers.Where(worker => worker is { Free: true, Consent: true } && homes.Any(home => DivisionPrefix.Covers(home, worker.Home)) && (!monitored || worker.Priority > 0))],
            [.. all.Postings.Where(posting => posting.FreeSeats > 0
                && (sites.Count == 0 || sites.Any(site => DivisionPrefix.Covers(site, posting.Site)))
                && (trades.Count == 0 || trades.Contains(posting.Trade, StringComparer.Ordinal))
                && (employers.Count == 0 || employers.Contains(posting.Employer)))]);
    }

    private sealed record KeptWorker(Guid RoundId, Guid WorkerId, string Entry, int WorkerScore, int FirmScore);

    private sealed record KeptPosting(Guid RoundId, Guid PostingId, string Entry, int Taken);
}
