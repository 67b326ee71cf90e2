using LaborBridge.Matching.Engine;
using LaborBridge.Tests.Benchmarks;
using Xunit;

namespace LaborBridge.Tests.Unit.Engine;

public sealed class Listing_the_best
{
    [Fact]
    public void equals_brute_force_both_ways_on_many_small_books()
    {
        var eligible = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var (workers, postings) = Markets.Make(seed, workers: 1 + seed % 37, postings: 1 + seed % 29);
            using var book = Filled(workers, postings);
            eligible += AssertEqualsBruteForce(book, workers, postings, Markets.Profile, seed);
        }

        Assert.True(eligible > 3_000, $"only {eligible} eligible pairs: the markets test too little");
    }

    [Fact]
    public void follows_changes_and_removals()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var workers = new Dictionary<Guid, WorkerEntry>();
            var postings = new Dictionary<Guid, PostingEntry>();
            using var book = new Book(Markets.Profile);
            for (var step = 0; step < 80; step++)
            {
                switch (random.Next(6))
                {
                    case 0 when workers.Count > 0:
                        var leaving = workers.Keys.Order().ElementAt(random.Next(workers.Count));
                        workers.Remove(leaving);
                        Assert.True(book.RemoveWorker(leaving));
                        break;
                    case 1 when postings.Count > 0:
                        var closing = postings.Keys.Order().ElementAt(random.Next(postings.Count));
                        postings.Remove(closing);
                        Assert.True(book.RemovePosting(closing));
                        break;
                    case 2 or 3:
                        var worker = Markets.Worker(random);
                        if (workers.Count > 0 && random.Next(2) == 0)
                            worker = worker with { Id = workers.Keys.Order().First() };
                        workers[worker.Id] = worker;
                        book.Upsert(worker);
                        break;
                    default:
                        var posting = Markets.Posting(random);
                        if (postings.Count > 0 && random.Next(2) == 0)
                            posting = posting with { Id = postings.Keys.Order().First() };
                        postings[posting.Id] = posting;
                        book.Upsert(posting);
                        break;
                }
            }

            AssertEqualsBruteForce(book, [.. workers.Values], [.. postings.Values], Markets.Profile, seed);
            Assert.Equal((workers.Count, postings.Count), (book.WorkerCount, book.PostingCount));
        }
    }

    [Theory, InlineData("A"), InlineData("B")]
    public void allocates_nothing_once_it_has_the_size(string kind)
    {
        var market = kind == "A" ? SeasonMarket.A(workers: 3_000) : SeasonMarket.B(workers: 3_000);
        using var book = new Book(market.Profile);
        book.Upsert(market.Workers, market.Postings);
        var (postings, workers) = (new PostingEntry[50], new WorkerEntry[50]);
        var listed = 0;
        void Ask()
        {
            foreach (var worker in market.Workers)
                listed += book.TopPostings(worker.Id, postings);
            foreach (var posting in market.Postings)
                listed += book.TopWorkers(posting.Id, workers);
        }

        Ask();
        Assert.True(listed > market.Workers.Length, "there is something to list");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Ask();
        // The lambda that reads the lists of a book is compiled once; nothing may be for each of thousands of queries.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    [Fact]
    public void follows_a_new_profile()
    {
        var (workers, postings) = Markets.Make(seed: 1, workers: 20, postings: 20);
        using var book = Filled(workers, postings);
        book.Profile = Markets.Profile with { AsOf = Markets.Today.AddDays(20), LotterySeed = 5, Worker = new() { Pay = 0, Place = 2000, Trade = 0, NearHome = 0, Lodging = 0, Canteen = 0, Partner = 0, Pairing = 0 } };
        AssertEqualsBruteForce(book, workers, postings, book.Profile, seed: 1);
    }

    [Fact]
    public void agrees_with_the_explanation_of_every_pair()
    {
        var (workers, postings) = Markets.Make(seed: 3, workers: 40, postings: 40);
        using var book = Filled(workers, postings);
        foreach (var worker in workers)
        {
            var listed = book.TopPostings(worker.Id, postings.Length)!.ToDictionary(candidate => candidate.Posting.Id);
            foreach (var posting in postings)
            {
                var explanation = book.Explain(worker.Id, posting.Id)!;
                Assert.Equal(explanation.Eligible, listed.TryGetValue(posting.Id, out var candidate));
                if (candidate is null)
                    continue;
                Assert.Equal(explanation.WorkerScore.Parts, candidate.WorkerScore.Parts);
                Assert.Equal(explanation.FirmScore.Parts, candidate.FirmScore.Parts);
            }
        }
    }

    [Fact]
    public void knows_who_is_not_in_the_book()
    {
        var (worker, posting) = Markets.Plain();
        using var book = Filled([worker], [posting]);
        Assert.Null(book.TopPostings(posting.Id, 5));
        Assert.Null(book.TopWorkers(worker.Id, 5));
        Assert.Null(book.Explain(worker.Id, worker.Id));
        Assert.False(book.RemoveWorker(posting.Id));
        Assert.False(book.RemovePosting(worker.Id));
        Assert.Throws<ArgumentOutOfRangeException>(() => book.TopPostings(worker.Id, 0));
    }

    [Fact]
    public async Task answers_while_the_book_changes()
    {
        var (workers, postings) = Markets.Make(seed: 4, workers: 60, postings: 60);
        using var book = Filled(workers, postings);
        var cancellation = TestContext.Current.CancellationToken;
        var writer = Task.Run(() =>
        {
            for (var round = 0; round < 200; round++)
                foreach (var posting in postings.AsSpan(0, 10))
                {
                    book.RemovePosting(posting.Id);
                    book.Upsert(posting with { Headcount = round % 3 });
                    book.Upsert(workers[round % workers.Length]);
                }
        }, cancellation);
        var readers = Enumerable.Range(0, 3).Select(reader => Task.Run(() =>
        {
            for (var turn = 0; !writer.IsCompleted; turn++)
            {
                var listed = book.TopPostings(workers[(turn + reader) % workers.Length].Id, 10)!;
                Assert.All(listed, candidate => Assert.True(candidate.Posting.FreeSeats > 0));
                Assert.Distinct(listed.Select(candidate => candidate.Posting.Id));
                _ = book.TopWorkers(postings[(turn + 10) % 50 + 10].Id, 10)!;
            }
        }, cancellation));
        await Task.WhenAll([writer, .. readers]);

        foreach (var posting in postings)
            book.Upsert(posting);
        AssertEqualsBruteForce(book, workers, postings, Markets.Profile, seed: 4);
    }

    static Book Filled(IEnumerable<WorkerEntry> workers, IEnumerable<PostingEntry> postings)
    {
        var book = new Book(Markets.Profile);
        foreach (var worker in workers)
            book.Upsert(worker);
        foreach (var posting in postings)
            book.Upsert(posting);
        return book;
    }

    // Sorted by the published order written out once more, over every pair, without index or heap.
    static int AssertEqualsBruteForce(Book book, WorkerEntry[] workers, PostingEntry[] postings, Profile profile, int seed)
    {
        var pairs = (from worker in workers from posting in postings let pair = new Pair(worker, posting, profile) where Eligibility.BarredBy(pair).Count == 0 select pair).ToArray();
        foreach (var count in new[] { 1, 3, 1000 })
        {
            foreach (var worker in workers)
                Assert.True(
                    pairs.Where(pair => pair.Worker == worker)
                        .OrderByDescending(pair => Fit.ExplainWorker(pair).Total).ThenBy(pair => pair.TradeRank).ThenByDescending(pair => pair.Posting.GuaranteedPay).ThenBy(pair => pair.Posting.Id)
                        .Take(count).Select(pair => pair.Posting.Id)
                        .SequenceEqual(book.TopPostings(worker.Id, count)!.Select(candidate => candidate.Posting.Id)),
                    $"seed {seed}, worker {worker.Id}, top {count}");
            foreach (var posting in postings)
                Assert.True(
                    pairs.Where(pair => pair.Posting == posting)
                        .OrderByDescending(pair => Fit.ExplainFirm(pair).Total).ThenByDescending(pair => WorkerKey.Draw(profile.LotterySeed, pair.Worker.Id)).ThenBy(pair => pair.Worker.Id)
                        .Take(count).Select(pair => pair.Worker.Id)
                        .SequenceEqual(book.TopWorkers(posting.Id, count)!.Select(candidate => candidate.Worker.Id)),
                    $"seed {seed}, posting {posting.Id}, top {count}");
        }

        return pairs.Length;
    }
}
