using LaborBridge.Matching.Engine;
using LaborBridge.Tests.Benchmarks;
using Xunit;

namespace LaborBridge.Tests.Unit.Engine;

public sealed class Going_together
{
    static readonly WorkerEntry Worker = Markets.Plain().Worker;
    static readonly PostingEntry Posting = Markets.Plain().Posting;

    [Fact]
    public void takes_those_for_a_party_who_name_each_other_or_the_same()
    {
        WorkerEntry Of(int number, Guid? with) => Worker with { Id = Id(number), With = with };
        var (alone, parties) = Party.Split([Of(1, Id(2)), Of(2, Id(1)), Of(3, Id(9)), Of(4, Id(9)), Of(5, Id(9)), Of(6, Id(7)), Of(7, null), Of(8, null), Of(10, Id(99))]);
        Assert.Equal(["1 2", "3 4 5"], parties.Select(party => string.Join(' ', party.Members.Select(member => Number(member.Id)))).Order());
        Assert.Equal([6, 7, 8, 10], alone.Select(worker => Number(worker.Id)));
    }

    [Fact]
    public void places_a_couple_in_one_city_although_each_alone_would_go_elsewhere()
    {
        // Both prefer the better paid jobs, which lie in two cities; together they take the two of Xiamen.
        var postings = new[] { Job(1, "350205", 500_000), Job(2, "350212", 500_000), Job(3, "350102", 700_000) };
        var (matches, report) = Run([Member(1, 90), Member(2, 90)], postings);
        Assert.Equal((1, 1, true), (report.Parties, report.Placed, report.Stable));
        Assert.Equal([1, 2], matches.Select(match => Number(match.PostingId)).Order());
    }

    [Fact]
    public void places_a_group_with_one_firm_or_not_at_all()
    {
        var firm = Id(77);
        var postings = new[] { Job(1, "350205", 500_000) with { Employer = firm, Headcount = 2 }, Job(2, "640422", 400_000) with { Employer = firm }, Job(3, "350205", 900_000) with { Headcount = 2 } };
        var (matches, report) = Run([Member(1, 90), Member(2, 90), Member(3, 90)], postings);
        Assert.Equal((1, true), (report.Placed, report.Stable));
        Assert.All(matches, match => Assert.Contains(Number(match.PostingId), new[] { 1, 2 }));
        Assert.Equal(3, matches.Count);

        (matches, report) = Run([Member(1, 90), Member(2, 90), Member(3, 90) with { WishedTrades = ["shoe-making"] }], postings);
        Assert.Equal((0, true), (report.Placed, report.Stable));
        Assert.Empty(matches);

        var error = Assert.Throws<ArgumentException>(() => Run([Member(1, 90), Member(2, 90), Member(3, 90), Member(4, 90)], postings));
        Assert.Contains("4 go together and no firm has more than 3 free seats", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void displaces_the_weaker_who_find_something_else()
    {
        var single = Worker with { Id = Id(5) };
        var members = new[] { Member(1, 90) with { ExperienceMonths = 60 }, Member(2, 90) with { ExperienceMonths = 60 } };
        var postings = new[] { Job(1, "350205", 600_000), Job(2, "350212", 600_000), Job(3, "350102", 500_000) };
        var (matches, report) = Run([single, .. members], postings);
        Assert.True(report.Stable);
        Assert.Equal("1-1 2-2 5-3", Names(matches));
    }

    // The classical instance without a solution: with the couple in the city each firm has a better pair, without it the couple comes back.
    [Fact]
    public void ends_and_says_so_where_no_stable_solution_exists()
    {
        // A couple (1, 2) wants posting 1 for 1 and posting 2 for 2, and nothing else. Single 5 likes 1 better than 2.
        // Posting 1 likes member 1 better than 5; posting 2 likes 5 better than member 2.
        string[] papers = ["a", "b", "c"];
        var one = Job(1, "350205", 600_000) with { Trade = "one", Certificates = papers };
        var two = Job(2, "350205", 500_000) with { Trade = "two", Certificates = ["d"] };
        var members = new[]
        {
            Member(1, 90) with { WishedTrades = ["one"], Certificates = papers },
            Member(2, 90) with { WishedTrades = ["two"] },
        };
        var single = Worker with { Id = Id(5), WishedTrades = ["one", "two"], Certificates = ["d"] };
        var (matches, report) = Run([single, .. members], [one, two]);
        Assert.False(report.Stable);
        Assert.Single(report.Blocking);
        Assert.InRange(report.Tries, 1, 8);
        Assert.Equal(0, BlockingPairs.Count([single, .. members], [one, two], matches, Markets.Profile, TestContext.Current.CancellationToken, [single]));
    }

    [Fact]
    public void leaves_no_blocking_pair_among_those_who_go_alone()
    {
        var (parties, placed, blocking) = (0, 0, 0);
        for (var seed = 0; seed < 150; seed++)
        {
            var (workers, postings) = Markets.Make(seed, workers: 30, postings: 12);
            var random = new Random(seed);
            for (var first = 0; first + 3 <= 15; first += 3)
                for (var member = first; member < first + 2 + seed % 2; member++)
                    workers[member] = workers[member] with { With = Id(1000 + first), WishedPlaces = [], LowestPay = 0, NeedsLodging = false };
            postings = [.. postings.Select(posting => posting with { Employer = Id(2000 + random.Next(4)), Headcount = 3 })];
            var (matches, report) = Run(workers, postings);
            var alone = Party.Split(workers).Alone;
            Assert.Equal(0, BlockingPairs.Count(workers, postings, matches, Markets.Profile, TestContext.Current.CancellationToken, alone));
            var stability = new Stability(workers, postings, Markets.Profile);
            Assert.True(stability.Feasible(stability.Places(matches)), $"seed {seed}");
            AssertTogether(workers, postings, matches);
            (parties, placed, blocking) = (parties + report.Parties, placed + report.Placed, blocking + report.Blocking.Count);
        }

        Assert.True(placed > 100 && parties - placed > 50, $"{placed} of {parties} placed: the markets test too little");
        Assert.True(blocking * 20 < parties, $"{blocking} of {parties} block");
    }

    [Fact]
    public void reports_the_parties_that_block_by_the_definition_too()
    {
        var (parties, said, missed) = (0, 0, 0);
        for (var seed = 0; seed < 250; seed++)
        {
            var (workers, postings) = Markets.Make(seed, workers: 40, postings: 12);
            var random = new Random(seed);
            for (var first = 0; first + 4 <= 24; first += 4)
                for (var member = first; member < first + 2 + random.Next(3); member++)
                    workers[member] = workers[member] with { With = Id(1000 + first), WishedPlaces = [], LowestPay = 0, NeedsLodging = false, Consent = true, Free = true };
            postings = [.. postings.Select(posting => posting with { Employer = Id(2000 + random.Next(4)), Headcount = 1 + random.Next(4), Accepted = 0, ValidTo = Markets.Today.AddDays(60) })];
            var most = Party.MostSeats(postings);
            workers = [.. workers.Where(worker => worker.With is null), .. Party.Split(workers).Parties.Where(party => !party.IsTooLarge(most)).SelectMany(party => party.Members)];
            var (matches, report) = Run(workers, postings);
            Assert.Equal(0, BlockingPairs.Count(workers, postings, matches, Markets.Profile, TestContext.Current.CancellationToken, Party.Split(workers).Alone));
            var blocking = BlockingParties.Of(workers, postings, matches, Markets.Profile).Select(party => party.Members[0].Id).ToHashSet();
            var reported = report.Blocking.Select(party => party.Members[0].Id).ToHashSet();
            Assert.True(reported.IsSubsetOf(blocking), $"seed {seed}: reported without blocking");
            (parties, said, missed) = (parties + report.Parties, said + reported.Count, missed + blocking.Count - reported.Count);
        }

        Assert.Equal(0, missed);
        Assert.True(parties > 500 && said > 20, $"{parties} parties, {said} reported: the markets test too little");
    }

    [Fact]
    public void does_not_depend_on_the_order_of_the_input()
    {
        var market = SeasonMarket.A(workers: 2_000);
        var (expected, _) = Run(market.Workers, market.Postings, market.Profile);
        var random = new Random(3);
        random.Shuffle(market.Workers);
        random.Shuffle(market.Postings);
        Assert.Equal(expected, Run(market.Workers, market.Postings, market.Profile).Matches);
        AssertTogether(market.Workers, market.Postings, expected);
    }

    static void AssertTogether(WorkerEntry[] workers, PostingEntry[] postings, IReadOnlyList<Match> matches)
    {
        var place = matches.ToDictionary(match => match.WorkerId, match => postings.Single(posting => posting.Id == match.PostingId));
        foreach (var party in Party.Split(workers).Parties)
        {
            var places = party.Members.Where(member => place.ContainsKey(member.Id)).Select(member => place[member.Id]).ToArray();
            Assert.True(places.Length == 0 || places.Length == party.Members.Count, "a party was torn apart");
            Assert.True(places.Select(posting => party.IsCouple ? posting.Site[..4] : posting.Employer.ToString()).Distinct().Count() <= 1, "a party came to several places");
        }
    }

    static (IReadOnlyList<Match> Matches, PartyReport Report) Run(WorkerEntry[] workers, PostingEntry[] postings, Profile? profile = null)
    {
        var (result, report) = StableRound.Run(workers, postings, profile ?? Markets.Profile, TestContext.Current.CancellationToken);
        Assert.Equal(workers.Select(worker => worker.Id).Order(), result.Matches.Select(match => match.WorkerId).Concat(result.Unmatched.Select(unmatched => unmatched.WorkerId)).Order());
        foreach (var worker in workers)
            foreach (var posting in postings.Take(20))
                Assert.NotNull(result.Explain(new(worker, posting, profile ?? Markets.Profile)).Code);
        return (result.Matches, report);
    }

    static WorkerEntry Member(int number, int party) => Worker with { Id = Id(number), With = Id(party) };

    static PostingEntry Job(int number, string site, long pay) => Posting with { Id = Id(number), Employer = Id(100 + number), Site = site, GuaranteedPay = pay };

    static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    static int Number(Guid id) => BitConverter.ToInt32(id.ToByteArray());

    static string Names(IReadOnlyList<Match> matches) => string.Join(' ', matches.Select(match => $"{Number(match.WorkerId)}-{Number(match.PostingId)}"));
}
