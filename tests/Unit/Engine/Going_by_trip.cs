using LaborBridge.Matching.Engine;
using Xunit;

namespace LaborBridge.Tests.Unit.Engine;

public sealed class Going_by_trip
{
    static readonly WorkerEntry Worker = Markets.Plain().Worker;
    static readonly PostingEntry Posting = Markets.Plain().Posting;

    [Fact]
    public void closes_a_posting_that_too_few_would_go_to_and_matches_them_elsewhere()
    {
        // Alone two would go to the best paid posting 1 and three to 2; 3 has too few seats from the start.
        var workers = Enumerable.Range(11, 5).Select(number => Worker with { Id = Id(number), LowestPay = number < 13 ? 600_000 : 0, WishedPlaces = number < 13 ? [] : ["3501"] }).ToArray();
        var postings = new[] { Job(1, "350205", 900_000, seats: 3), Job(2, "350102", 700_000, seats: 6), Job(3, "350102", 950_000, seats: 2) };
        var result = Run(workers, postings, new(3));
        Assert.All(result.Matches, match => Assert.Equal(Id(2), match.PostingId));
        Assert.Equal(5, result.Matches.Count);
        Assert.Equal([(Id(1), "too-few-matched"), (Id(3), "too-few-seats")], result.Closed.Select(one => (one.PostingId, one.Code)));
        Assert.Equal("该岗位只匹配到 2 人，达不到成行最低人数 3 人", result.Closed[0].Sentence.Zh);
        Assert.Equal("Only 2 free seats in this posting, fewer than the 3 needed for a trip", result.Closed[1].Sentence.En);
        Assert.Equal("too-few-matched", result.Explain(new(workers[0], postings[0], Markets.Profile)).Code);
        Assert.Equal((0, null), (result.CutoffOf(Id(1))!.Taken, result.CutoffOf(Id(1))!.Key));

        Assert.Empty(Run(workers, postings[..2], new(2)).Closed);
    }

    [Fact]
    public void counts_the_postings_of_a_city_together_when_asked_to()
    {
        var workers = Enumerable.Range(11, 4).Select(number => Worker with { Id = Id(number) }).ToArray();
        var postings = new[] { Job(1, "350205", 900_000, seats: 2), Job(2, "350212", 800_000, seats: 2) };
        Assert.Equal(4, Run(workers, postings, new(4, TripTo.City)).Matches.Count);
        var result = Run(workers, postings, new(5, TripTo.City));
        Assert.Empty(result.Matches);
        Assert.All(result.Closed, one => Assert.Equal("该城市的岗位只有 4 个空余名额，达不到成行最低人数 5 人", one.Sentence.Zh));
        Assert.Equal(2, result.Closed.Count);
    }

    [Fact]
    public void tells_a_worker_left_behind_that_the_trips_were_too_small()
    {
        var result = Run([Worker], [Job(1, "350205", 900_000, seats: 4)], new(2));
        Assert.Equal(("trip-too-small", "符合条件的 1 个岗位因人数不足 2 人未能成行"), (result.Unmatched[0].Code, result.Unmatched[0].Sentence.Zh));
        var poor = Run([Worker with { LowestPay = 950_000 }], [Job(1, "350205", 900_000, seats: 4)], new(2));
        Assert.NotEqual("trip-too-small", poor.Unmatched[0].Code);
    }

    [Fact]
    public void gives_what_a_full_run_without_the_closed_postings_would_and_no_small_trip()
    {
        var (closed, left) = (0, 0);
        for (var seed = 0; seed < 200; seed++)
        {
            var (workers, postings) = Roomy(seed, workers: 60);
            var minimum = new TripMinimum(2 + seed % 4, (TripTo)(seed % 2));
            var result = Run(workers, postings, minimum);
            var gone = result.Closed.Select(one => one.PostingId).ToHashSet();
            var open = postings.Where(posting => !gone.Contains(posting.Id)).ToArray();
            Assert.Equal(Markets.Run(workers, open, Markets.Profile).Matches, result.Matches);
            AssertNoSmallTrip(minimum, postings, result);

            // None is closed without need: of those closed after the run, the first had too few in the full run.
            var first = Markets.Run(workers, [.. postings.Where(posting => result.Closed.All(one => one.PostingId != posting.Id || one.Code == "too-few-matched"))], Markets.Profile);
            var small = Trips(minimum, postings, first.Matches).Count(trip => trip.Value < minimum.Workers);
            Assert.Equal(small > 0, result.Closed.Any(one => one.Code == "too-few-matched"));
            (closed, left) = (closed + gone.Count, left + result.Matches.Count);
        }

        Assert.True(closed > 500 && left > 1_000, $"{closed} closed, {left} matched: the markets test too little");
    }

    [Fact]
    public void ends_with_couples_and_groups_too_in_any_order_of_the_input()
    {
        var together = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var (workers, postings) = Roomy(seed, workers: 40);
            for (var first = 0; first + 3 <= 18; first += 3)
                for (var member = first; member < first + 2 + seed % 2; member++)
                    workers[member] = workers[member] with { With = Id(1000 + first), WishedPlaces = [], LowestPay = 0, NeedsLodging = false };
            var minimum = new TripMinimum(3, (TripTo)(seed % 2));
            var result = Run(workers, postings, minimum);
            AssertNoSmallTrip(minimum, postings, result);
            var gone = result.Closed.Select(one => one.PostingId).ToHashSet();
            var open = postings.Where(posting => !gone.Contains(posting.Id)).ToArray();
            Assert.Equal(0, BlockingPairs.Count(workers, open, result.Matches, Markets.Profile, TestContext.Current.CancellationToken, Party.Split(workers).Alone));
            Assert.Equal(workers.Select(worker => worker.Id).Order(), result.Matches.Select(match => match.WorkerId).Concat(result.Unmatched.Select(one => one.WorkerId)).Order());
            together += result.Matches.Count(match => workers.Single(worker => worker.Id == match.WorkerId).With is not null);

            var random = new Random(seed);
            random.Shuffle(workers);
            random.Shuffle(postings);
            var again = Run(workers, postings, minimum);
            Assert.Equal(result.Matches, again.Matches);
            Assert.Equal(result.Closed, again.Closed);
            Assert.Equal(result.Unmatched, again.Unmatched);
        }

        Assert.True(together > 200, $"only {together} went together: the markets test too little");
    }

    [Fact]
    public void refuses_a_minimum_of_nobody() =>
        Assert.Contains("minimum: 0 workers", Assert.Throws<ArgumentException>(() => Run([Worker], [Posting], new(0))).Message, StringComparison.Ordinal);

    static void AssertNoSmallTrip(TripMinimum minimum, PostingEntry[] postings, RoundResult result)
    {
        Assert.All(Trips(minimum, postings, result.Matches), trip => Assert.True(trip.Value >= minimum.Workers, $"{trip.Value} go to {trip.Key}"));
        Assert.DoesNotContain(result.Matches, match => result.Closed.Any(one => one.PostingId == match.PostingId));
    }

    static Dictionary<string, int> Trips(TripMinimum minimum, PostingEntry[] postings, IReadOnlyList<Match> matches) => matches
        .Select(match => postings.Single(posting => posting.Id == match.PostingId))
        .CountBy(posting => minimum.To == TripTo.City ? posting.Site[..4] : posting.Id.ToString()).ToDictionary();

    static (WorkerEntry[] Workers, PostingEntry[] Postings) Roomy(int seed, int workers)
    {
        var (people, postings) = Markets.Make(seed, workers, postings: 14);
        var random = new Random(seed);
        return ([.. people.Select(worker => worker with { Consent = true, Free = true })],
            [.. postings.Select(posting => posting with { Employer = Id(2000 + random.Next(4)), Headcount = 1 + random.Next(8), Accepted = 0, ValidTo = Markets.Today.AddDays(60) })]);
    }

    static RoundResult Run(WorkerEntry[] workers, PostingEntry[] postings, TripMinimum minimum) =>
        StableRound.Run(workers, postings, Markets.Profile, TestContext.Current.CancellationToken, minimum: minimum).Result;

    static PostingEntry Job(int number, string site, long pay, int seats) => Posting with { Id = Id(number), Employer = Id(100 + number), Site = site, GuaranteedPay = pay, Headcount = seats };

    static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
