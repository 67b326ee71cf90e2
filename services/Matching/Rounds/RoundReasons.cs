using System.Globalization;
using LaborBridge.Matching.Engine;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching.Rounds;

/// <summary>What a round said about one pair, from what the round had then and not from what holds now: the posting's cutoff, the worker's key, and the reason.</summary>
internal static class RoundReasons
{
    private static readonly Sql Posting = Sql.Text("SELECT entry, taken, cutoff, lot, code, zh, en FROM round_postings WHERE round_id = @Round AND posting_id = @Posting");

    private static readonly Sql Worker = Sql.Text("SELECT entry, posting_id, worker_score, firm_score FROM round_workers WHERE round_id = @Round AND worker_id = @Worker");

    private static readonly Sql Last = Sql.Text("""
        SELECT w.round_id FROM round_workers w JOIN rounds r ON r.id = w.round_id
        WHERE w.worker_id = @Worker AND r.state = 'published' ORDER BY w.round_id DESC {first:@Limit}
        """);

    /// <param name="tx">The read.</param>
    /// <param name="caller">Who asks: he sees published rounds, and those of his own divisions.</param>
    /// <param name="round">The round; null: the worker's last published one.</param>
    /// <param name="worker">The worker.</param>
    /// <param name="posting">The posting.</param>
    /// <param name="language">The reader's.</param>
    public static async Task<object?> Of(Tx tx, Caller caller, Guid? round, Guid worker, Guid posting, Language language)
    {
        var asked = round?.ToString() ?? await tx.Scalar<string>(Last, new { Worker = worker, Limit = 1 });
        if (!Guid.TryParse(asked, out var id) || await FindRounds.Get(tx, id) is not { AsOf: { } day, Result: not null } row || !(row.State == RoundRow.Published || row.MaySee(caller))
            || await tx.First<PostingOfRound>(Posting, new { Round = id, Posting = posting }) is not { } there
            || await tx.First<WorkerOfRound>(Worker, new { Round = id, Worker = worker }) is not { Entry: { } entry } here)
        {
            return null;
        }

        var seats = RoundInput.Posting(there.Entry);
        var cutoff = new Cutoff(posting, seats.FreeSeats, there.Taken, there.Cutoff is { } score
            ? new WorkerKey(score, ulong.Parse(there.Lot ?? "", NumberStyles.HexNumber, CultureInfo.InvariantCulture), Guid.Empty)
            : null);
        Match[] match = here.PostingId is { } placed ? [new Match(worker, placed, here.WorkerScore, here.FirmScore)] : [];
        var reason = new RoundResult(match, [], [cutoff], proposals: 0, row.ReadObjective(), there.Closed(posting)).Explain(new Pair(RoundInput.Worker(entry), seats, row.ProfileOn(day)));
        return new { id, row.Name, cutoff = reason.Cutoff?.Score, key = reason.Key.Score, reason = new { reason.Code, sentence = Show.Of(reason.Sentence, language) } };
    }

    private sealed class PostingOfRound
    {
        public required string Entry { get; init; }
        public required int Taken { get; init; }
        public int? Cutoff { get; init; }
        public string? Lot { get; init; }
        public string? Code { get; init; }
        public string? Zh { get; init; }
        public string? En { get; init; }

        public ClosedPosting[] Closed(Guid posting) => Code is null ? [] : [new(posting, Code, new(Zh ?? "", En ?? ""))];
    }

    private sealed class WorkerOfRound
    {
        public string? Entry { get; init; }
        public Guid? PostingId { get; init; }
        public required int WorkerScore { get; init; }
        public required int FirmScore { get; init; }
    }
}
