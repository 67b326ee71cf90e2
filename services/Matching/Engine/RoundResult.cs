using System.Security.Cryptography;
using System.Text;

namespace LaborBridge.Matching.Engine;

/// <summary>What a round seeks.</summary>
internal enum Objective
{
    /// <summary>No worker and posting would rather have each other.</summary>
    Stable,

    /// <summary>The highest sum of both scores.</summary>
    Maximum,
}

/// <summary>A worker and a posting that the round brings together, with both scores.</summary>
internal sealed record Match(Guid WorkerId, Guid PostingId, int WorkerScore, int FirmScore);

/// <summary>What it takes to get into a posting: the key of the weakest worker taken, null while a seat is free.</summary>
internal sealed record Cutoff(Guid PostingId, int Seats, int Taken, WorkerKey? Key);

/// <summary>What the round says about one pair: code <c>matched-here</c>, <c>barred</c>, <c>posting-full</c>, <c>better-place</c>, <c>goes-together</c>, <c>total-elsewhere</c> or that of a <see cref="ClosedPosting"/>, with the worker's key and the posting's cutoff.</summary>
internal sealed record RoundReason(string Code, Sentence Sentence, WorkerKey Key, WorkerKey? Cutoff);

/// <summary>What a round came to. Lists are in the order of ids.</summary>
internal sealed class RoundResult(
    IReadOnlyList<Match> matches, IReadOnlyList<Unmatched> unmatched, IReadOnlyList<Cutoff> cutoffs, long proposals, Objective objective = Objective.Stable,
    IReadOnlyList<ClosedPosting>? closed = null)
{
    readonly Dictionary<Guid, Match> byWorker = matches.ToDictionary(match => match.WorkerId);
    readonly Dictionary<Guid, Cutoff> byPosting = cutoffs.ToDictionary(cutoff => cutoff.PostingId);

    public IReadOnlyList<Match> Matches { get; } = matches;

    public IReadOnlyList<Unmatched> Unmatched { get; } = unmatched;

    public IReadOnlyList<Cutoff> Cutoffs { get; } = cutoffs;

    /// <summary>Postings that too few would have gone to.</summary>
    public IReadOnlyList<ClosedPosting> Closed { get; } = closed ?? [];

    public long Proposals { get; } = proposals;

    /// <summary>The sum of both scores over all matches.</summary>
    public long Total { get; } = matches.Sum(match => (long)match.WorkerScore + match.FirmScore);

    public Match? MatchOf(Guid workerId) => byWorker.GetValueOrDefault(workerId);

    public Cutoff? CutoffOf(Guid postingId) => byPosting.GetValueOrDefault(postingId);

    /// <summary>The same with postings closed and the reasons that go with that.</summary>
    public RoundResult Without(IReadOnlyList<ClosedPosting> postings, IReadOnlyList<Unmatched> reasons, IReadOnlyCollection<PostingEntry> all)
    {
        var gone = postings.Select(one => one.PostingId).ToHashSet();
        var cutoffs = Cutoffs.Concat(all.Where(posting => gone.Contains(posting.Id)).Select(posting => new Cutoff(posting.Id, posting.FreeSeats, 0, Key: null)));
        return new(Matches, reasons, [.. cutoffs.OrderBy(cutoff => cutoff.PostingId)], Proposals, objective, postings);
    }

    /// <summary>The same with workers who were set aside before it ran.</summary>
    public RoundResult With(IEnumerable<Unmatched> aside) =>
        new(Matches, [.. Unmatched.Concat(aside).OrderBy(one => one.WorkerId)], Cutoffs, Proposals, objective, Closed);

    /// <summary>SHA-256 in lower-case hex over the lines "worker posting\n" in the order of worker ids: equal digests, equal assignments.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var match in Matches)
            hash.AppendData(Encoding.ASCII.GetBytes($"{match.WorkerId:D} {match.PostingId:D}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Why the worker of the pair did or did not come to the posting.</summary>
    /// <param name="pair">Entries and profile as the round had them.</param>
    /// <exception cref="ArgumentException">The posting was not in the round, or the pair would block the result: it is not what the round had.</exception>
    public RoundReason Explain(Pair pair)
    {
        var cutoff = CutoffOf(pair.Posting.Id) ?? throw new ArgumentException($"posting {pair.Posting.Id} was not in the round", nameof(pair));
        var key = WorkerKey.Of(pair);
        var match = MatchOf(pair.Worker.Id);
        RoundReason Because(string code, string zh, string en) => new(code, new(zh, en), key, cutoff.Key);

        if (match?.PostingId == pair.Posting.Id)
            return Because("matched-here", "本批次匹配到该岗位", "Matched to this posting");
        if (Eligibility.FirstBar(pair) is { } bar)
            return Because("barred", bar.Sentence(pair).Zh, bar.Sentence(pair).En);
        if (Closed.FirstOrDefault(one => one.PostingId == pair.Posting.Id) is { } shut)
            return Because(shut.Code, shut.Sentence.Zh, shut.Sentence.En);
        if (objective == Objective.Maximum)
            return Because("total-elsewhere", "为使总匹配度最大，该岗位安排给了其他人员，或本人安排到了其他岗位", "For the highest total the posting went to others, or the worker elsewhere");
        if (cutoff.Key is { } lowest && key < lowest)
            return lowest.Score == key.Score
                ? Because("posting-full", $"岗位已满，录用线 {lowest.Score} 分，本人同分，抽签在后",
                    $"Posting full at cutoff {lowest.Score}, yours the same, behind by lot")
                : Because("posting-full", $"岗位已满，录用线 {lowest.Score} 分，本人 {key.Score} 分",
                    $"Posting full at cutoff {lowest.Score}, yours {key.Score}");
        if (cutoff.Seats == 0)
            return Because("posting-full", "岗位没有空余名额", "The posting had no free seat");
        return match is not null && match.WorkerScore >= Fit.OfWorker(pair)
            ? Because("better-place", "本人匹配到更合意愿的岗位", "Matched to a posting that suits the worker better")
            : pair.Worker.With is not null
            ? Because("goes-together", "本人与同行人员一起安排，该岗位不能同时安排同行的全部人员", "Goes with others, and this posting does not lead to a place for all")
            : throw new ArgumentException($"worker {pair.Worker.Id} and posting {pair.Posting.Id} are not as the round had them", nameof(pair));
    }
}
