using LaborBridge.Persistence;

namespace LaborBridge.Matching.Books;

/// <summary>
/// Numbers every change to a worker's or posting's row, so that each replica's book can ask for what is new. The number is taken as one of the last acts
/// before the commit and its row stays locked until then: numbers become visible in order, and none is overlooked.
/// </summary>
internal static class Changes
{
    private static readonly Sql Next = Sql.Text("UPDATE book_change SET change_no = change_no + 1 WHERE id = 1");

    private static readonly Sql MarkWorkers = Sql.Text(
        "UPDATE match_workers SET change_no = (SELECT change_no FROM book_change WHERE id = 1) WHERE worker_id IN @Ids");

    private static readonly Sql MarkPostings = Sql.Text(
        "UPDATE match_postings SET change_no = (SELECT change_no FROM book_change WHERE id = 1) WHERE posting_id IN @Ids");

    private static readonly Sql MarkEveryWorker = Sql.Text("UPDATE match_workers SET change_no = (SELECT change_no FROM book_change WHERE id = 1)");

    private static readonly Sql MarkEveryPosting = Sql.Text("UPDATE match_postings SET change_no = (SELECT change_no FROM book_change WHERE id = 1)");

    public static void WorkerChanged(this Tx tx, Guid worker) => Of(tx).Workers.Add(worker);

    public static void PostingChanged(this Tx tx, Guid posting) => Of(tx).Postings.Add(posting);

    /// <summary>All copies were emptied, to be built anew.</summary>
    public static void EveryWorkerChanged(this Tx tx) => Of(tx).EveryWorker = true;

    /// <inheritdoc cref="EveryWorkerChanged"/>
    public static void EveryPostingChanged(this Tx tx) => Of(tx).EveryPosting = true;

    private static Marked Of(Tx tx) => tx.Item(typeof(Marked), () =>
    {
        var marked = new Marked();
        tx.BeforeCommit(() => Number(tx, marked));
        return marked;
    });

    private static async Task Number(Tx tx, Marked marked)
    {
        await tx.Execute(Next);
        if (marked.EveryWorker)
        {
            await tx.Execute(MarkEveryWorker);
        }

        if (marked.EveryPosting)
        {
            await tx.Execute(MarkEveryPosting);
        }

        foreach (var portion in marked.Workers.Order().Chunk(500))
        {
            await tx.Execute(MarkWorkers, new { Ids = portion });
        }

        foreach (var portion in marked.Postings.Order().Chunk(500))
        {
            await tx.Execute(MarkPostings, new { Ids = portion });
        }
    }

    private sealed class Marked
    {
        public HashSet<Guid> Workers { get; } = [];

        public HashSet<Guid> Postings { get; } = [];

        public bool EveryWorker { get; set; }

        public bool EveryPosting { get; set; }
    }
}
