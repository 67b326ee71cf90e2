using LaborBridge.Matching.Engine;

namespace LaborBridge.Tests.Unit.Engine;

/// <summary>
/// The reference: the engine as it was before it was fast, object by object and rule by rule. Worker-proposing deferred acceptance with capacities (Gale and Shapley 1962) over all eligible pairs, no list cut short.
/// Both orders are strict, so the result is the one assignment without blocking pairs that is best for every worker, whatever the order of the input.
/// </summary>
static class PlainRound
{
    const int ReportEvery = 1024;

    /// <exception cref="ArgumentException">The input is broken; nothing has run.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RoundResult Run(
        IReadOnlyCollection<WorkerEntry> workers,
        IReadOnlyCollection<PostingEntry> postings,
        Profile profile,
        CancellationToken cancellation = default,
        IProgress<RoundProgress>? progress = null)
    {
        Input.Check(workers, postings, profile);

        var index = new PlainPostingIndex<PlainSeats>(seats => seats.Posting);
        var allSeats = postings.OrderBy(posting => posting.Id).Select(posting => new PlainSeats(posting)).ToArray();
        foreach (var seats in allSeats)
            index.Add(seats);

        // The order of proposing does not change the result; a fixed one makes the count of proposals reproducible too.
        var proposers = workers.OrderByDescending(worker => worker.Id).Select(worker => new PlainProposer(worker, profile, index)).ToArray();
        var undecided = new Stack<PlainProposer>(proposers);
        long proposals = 0;
        for (var turn = 0L; undecided.TryPop(out var proposer); turn++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (turn % ReportEvery == 0)
                progress?.Report(new(proposers.Length, undecided.Count + 1, proposals));

            while (proposer.Next() is { } seats)
            {
                proposals++;
                var rejected = seats.Propose(proposer);
                if (rejected == proposer)
                    continue;
                if (rejected is not null)
                    undecided.Push(rejected);
                break;
            }
        }

        progress?.Report(new(proposers.Length, 0, proposals));
        return new RoundResult(
            [.. allSeats.SelectMany(seats => seats.Matches(profile)).OrderBy(match => match.WorkerId)],
            [.. Unplaced(proposers, allSeats).Select(worker => Diagnose(worker, index, profile, cancellation)).OrderBy(unmatched => unmatched.WorkerId)],
            [.. allSeats.Select(seats => seats.Cutoff)],
            proposals);
    }

    static Unmatched Diagnose(WorkerEntry worker, PlainPostingIndex<PlainSeats> index, Profile profile, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return PlainUnmatched.Of(worker, index, profile);
    }

    static IEnumerable<WorkerEntry> Unplaced(PlainProposer[] proposers, PlainSeats[] allSeats)
    {
        var placed = allSeats.SelectMany(seats => seats.Holders).ToHashSet();
        return proposers.Where(proposer => !placed.Contains(proposer)).Select(proposer => proposer.Worker);
    }
}
