using LaborBridge.Matching.Engine;

namespace LaborBridge.Tests.Unit.Engine;

static class PlainUnmatched
{
    public static Unmatched Of(WorkerEntry worker, PlainPostingIndex<PlainSeats> index, Profile profile)
    {
        if (!index.HasTradeFor(worker))
            return new(worker.Id, "no-posting-in-trade", new("本批次没有意向工种的岗位", "No posting in any wished trade"), 0);

        var eligible = 0;
        var barred = new Dictionary<Rule, (int Count, Pair First)>();
        foreach (var seats in index.CandidatesFor(worker))
        {
            var pair = new Pair(worker, seats.Posting, profile);
            if (pair.PlaceRank < 0)
                continue;
            if (Eligibility.FirstBar(pair) is not { } bar)
                eligible++;
            else if (barred.TryGetValue(bar, out var seen))
                barred[bar] = (seen.Count + 1, Lower(seen.First, pair));
            else
                barred[bar] = (1, pair);
        }

        if (eligible > 0)
            return new(worker.Id, "outbid", new(
                $"符合条件的 {eligible} 个岗位均已招满，录用的人员与岗位更匹配",
                $"{eligible} eligible postings, all full with workers who suit them better"), eligible);
        if (barred.Count == 0)
            return new(worker.Id, "no-posting-in-places", new("意向地区没有意向工种的岗位", "No posting of a wished trade in any wished place"), 0);
        var (rule, (_, example)) = barred.OrderByDescending(entry => entry.Value.Count).ThenBy(entry => Eligibility.Rules.IndexOf(entry.Key)).First();
        return new(worker.Id, rule.Code, rule.Sentence(example), 0);
    }

    // The example whose figures the sentence quotes must not depend on the order of the input.
    static Pair Lower(Pair a, Pair b) => a.Posting.Id.CompareTo(b.Posting.Id) < 0 ? a : b;
}
