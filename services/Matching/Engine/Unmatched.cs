namespace LaborBridge.Matching.Engine;

/// <summary>
/// A worker whom the round brought nowhere, why, and how many postings were open to him. Code: <c>no-posting-in-trade</c>, <c>no-posting-in-places</c>,
/// <c>outbid</c> (eligible postings, all full with workers they prefer), <c>total-elsewhere</c> (the same, where the total was sought), or that of the rule that barred most of the postings in the wished trades and places.
/// </summary>
internal sealed record Unmatched(Guid WorkerId, string Code, Sentence Sentence, int Eligible)
{
    internal static Unmatched Of(WorkerView view, PostingIndex postings, PostingScan scan, Objective objective)
    {
        var worker = view.Entry;
        if (!Array.Exists(view.Wishes, wish => wish.Trade.All.Count > 0))
            return new(worker.Id, "no-posting-in-trade", new("本批次没有意向工种的岗位", "No posting in any wished trade"), 0);

        scan.Run<Counting>(view, count: 1);
        var eligible = scan.Counted;
        if (eligible > 0)
            return objective == Objective.Maximum
                ? new(worker.Id, "total-elsewhere", new(
                    $"符合条件的 {eligible} 个岗位，在总匹配度最大的方案中安排给了其他人员",
                    $"{eligible} eligible postings, given to others for the highest total"), eligible)
                : new(worker.Id, "outbid", new(
                $"符合条件的 {eligible} 个岗位均已招满，录用的人员与岗位更匹配",
                $"{eligible} eligible postings, all full with workers who suit them better"), eligible);

        var barred = new Dictionary<Rule, (int Count, Pair First)>();
        foreach (var slot in view.Candidates())
        {
            var pair = new Pair(worker, postings[slot], postings.Profile);
            if (pair.PlaceRank >= 0 && Eligibility.FirstBar(pair) is { } bar)
                barred[bar] = barred.TryGetValue(bar, out var seen) ? (seen.Count + 1, Lower(seen.First, pair)) : (1, pair);
        }

        if (barred.Count == 0)
            return new(worker.Id, "no-posting-in-places", new("意向地区没有意向工种的岗位", "No posting of a wished trade in any wished place"), 0);
        var (rule, (_, example)) = barred.OrderByDescending(entry => entry.Value.Count).ThenBy(entry => Eligibility.Rules.IndexOf(entry.Key)).First();
        return new(worker.Id, rule.Code, rule.Sentence(example), 0);
    }

    // The example whose figures the sentence quotes must not depend on the order of the input.
    static Pair Lower(Pair a, Pair b) => a.Posting.Id.CompareTo(b.Posting.Id) < 0 ? a : b;
}
