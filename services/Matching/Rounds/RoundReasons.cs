using LaborBridge.Matching.Engine;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching.Rounds;

/// <summary>What a round said about one pair: the posting's cutoff, the worker's key, and the reason.</summary>
internal static class RoundReasons
{
    private static readonly Sql Cutoff = Sql.Text("SELECT seats, taken, cutoff, lot FROM round_cutoffs WHERE round_id = @Round AND posting_id = @Posting");

    private static readonly Sql Match = Sql.Text($"SELECT {PlacedRow.Columns} FROM round_workers WHERE round_id = @Round AND worker_id = @Worker");

    private static readonly Sql Last = Sql.Text("""
        SELECT w.round_id FROM round_workers w JOIN rounds r ON r.id = w.round_id
        WHERE w.worker_id = @Worker AND r.state = 'published' ORDER BY w.round_id DESC {first:@Limit}
        """);

    /// <param name="tx">The read.</param>
    /// <param name="round">The round; null: the worker's last published one.</param>
    /// <param name="worker">The worker.</param>
    /// <param name="posting">The posting.</param>
    /// <param name="language">The reader's.</param>
    public static async Task<object?> Of(Tx tx, Guid? round, WorkerEntry worker, PostingEntry posting, Language language)
    {
        var asked = round?.ToString() ?? await tx.Scalar<string>(Last, new { Worker = worker.Id, Limit = 1 });
        if (asked is null || !Guid.TryParse(asked, out var id) || await FindRounds.Get(tx, id) is not { } row || row.ReadResult() is not { } result
            || await tx.First<CutoffRow>(Cutoff, new { Round = id, Posting = posting.Id }) is not { } cutoff
            || await tx.First<PlacedRow>(Match, new { Round = id, Worker = worker.Id }) is not { } placed)
        {
            return null;
        }

        var key = WorkerKey.Of(new Pair(worker, posting, row.ProfileOn(result.AsOf)));
        var full = cutoff.Cutoff is not null;
        var (code, zh, en) = placed.PostingId == posting.Id ? ("matched-here", "本批次匹配到该岗位", "Matched to this posting")
            : full && (key.Score < cutoff.Cutoff || cutoff.Seats == 0) ? ("posting-full", $"岗位已满，录用线 {cutoff.Cutoff} 分，本人 {key.Score} 分", $"Posting full at cutoff {cutoff.Cutoff}, yours {key.Score}")
            : placed.PostingId is not null ? ("better-place", "本人匹配到更合意愿的岗位", "Matched to a posting that suits the worker better")
            : full ? ("posting-full", $"岗位已满，录用线 {cutoff.Cutoff} 分，本人同分，抽签在后", $"Posting full at cutoff {cutoff.Cutoff}, behind by lot")
            : (placed.Code ?? "barred", placed.Zh ?? "不符合岗位的硬性条件", placed.En ?? "Barred by a rule");
        return new { id, row.Name, cutoff = cutoff.Cutoff, key = key.Score, reason = new { code, sentence = language == Language.Zh ? zh : en } };
    }

    private sealed class CutoffRow
    {
        public required int Seats { get; init; }
        public required int Taken { get; init; }
        public int? Cutoff { get; init; }
        public string? Lot { get; init; }
    }
}
