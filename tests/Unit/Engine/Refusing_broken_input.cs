using LaborBridge.Matching.Engine;
using Xunit;

namespace LaborBridge.Tests.Unit.Engine;

public sealed class Refusing_broken_input
{
    static void RefusesWorker(string words, Func<WorkerEntry, WorkerEntry> broken) => Refuses(words, broken(Markets.Plain().Worker), Markets.Plain().Posting);

    static void RefusesPosting(string words, Func<PostingEntry, PostingEntry> broken) => Refuses(words, Markets.Plain().Worker, broken(Markets.Plain().Posting));

    static void Refuses(string words, WorkerEntry worker, PostingEntry posting)
    {
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => Markets.Run([worker], [posting], Markets.Profile)).Message, StringComparison.Ordinal);
        using var book = new Book(Markets.Profile);
        Assert.Contains(words, Assert.Throws<ArgumentException>(() =>
        {
            book.Upsert(worker);
            book.Upsert(posting);
        }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void names_the_worker_and_the_field()
    {
        RefusesWorker("worker 01934d00-0000-7000-8000-000000000001: lowest pay -1 is negative", w => w with { LowestPay = -1 });
        RefusesWorker("grade 6 in trade 'a' lies outside 0 to 5", w => w with { Skills = [new("a", 6)] });
        RefusesWorker("skill 'a' stands twice", w => w with { Skills = [new("a", 1), new("a", 2)] });
        RefusesWorker("wished trade 'a' stands twice", w => w with { WishedTrades = ["a", "a"] });
        RefusesWorker("wished trade is missing", w => w with { WishedTrades = [" "] });
        RefusesWorker("wished place 'Xiamen' is no division code", w => w with { WishedPlaces = ["Xiamen"] });
        RefusesWorker("wished place '3' is no division code", w => w with { WishedPlaces = ["3"] });
        RefusesWorker("home '64' is no division code", w => w with { Home = "64" });
        RefusesWorker("partner's place 'x'", w => w with { PartnerAt = "x" });
        RefusesWorker("language 'minnan' stands twice", w => w with { Languages = ["minnan", "minnan"] });
        RefusesWorker("a language is missing", w => w with { Languages = [""] });
        RefusesWorker("priority 101", w => w with { Priority = 101 });
        RefusesWorker("experience of -1 months", w => w with { ExperienceMonths = -1 });
    }

    [Fact]
    public void names_the_posting_and_the_field()
    {
        RefusesPosting("posting 01934d00-0000-7000-8000-000000000002: headcount -1 is negative", p => p with { Headcount = -1 });
        RefusesPosting("accepted -1 is negative", p => p with { Accepted = -1 });
        RefusesPosting("guaranteed pay -5 is negative", p => p with { GuaranteedPay = -5 });
        RefusesPosting("site '35' is no division code", p => p with { Site = "35" });
        RefusesPosting("trade is missing", p => p with { Trade = "" });
        RefusesPosting("required grade 6", p => p with { RequiredGrade = 6 });
        RefusesPosting("certificate 'welder' stands twice", p => p with { Certificates = ["welder", "welder"] });
        RefusesPosting("language 'minnan' stands twice", p => p with { Languages = ["minnan", "minnan"] });
        RefusesPosting("a language is missing", p => p with { Languages = [" "] });
        RefusesPosting("lodging 9", p => p with { Lodging = (Lodging)9 });
        RefusesPosting("-1 motions a minute", p => p with { MotionsPerMinute = -1 });
        RefusesPosting("validity ends", p => p with { ValidTo = p.ValidFrom });
    }

    [Fact]
    public void refuses_an_id_twice_in_a_round()
    {
        var (worker, posting) = Markets.Plain();
        Assert.Contains("workers: id", Assert.Throws<ArgumentException>(() => Markets.Run([worker, worker], [posting], Markets.Profile)).Message, StringComparison.Ordinal);
        Assert.Contains("postings: id", Assert.Throws<ArgumentException>(() => Markets.Run([worker], [posting, posting], Markets.Profile)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void refuses_weights_below_zero_or_too_great_in_sum()
    {
        var profile = Markets.Profile;
        RefusesProfile("worker weight 'pay' is -1", profile with { Worker = new() { Pay = -1 } });
        RefusesProfile("firm weight 'grade' is -7", profile with { Firm = new() { Grade = -7 } });
        RefusesProfile("worker weights sum to 4400, above 2047", profile with { Worker = new() { Pay = 3000 } });
        RefusesProfile("firm weight 'language' is -1", profile with { Firm = new() { Language = -1 } });
        RefusesProfile("firm weights sum to 2048, above 2047", profile with { Firm = new() { Grade = 500, Certificates = 500, Start = 300, Experience = 300, Priority = 200, Language = 248 } });
        RefusesProfile("firm weights sum to", profile with { Firm = new() { Grade = int.MaxValue, Start = int.MaxValue } });
        RefusesProfile("pay ceiling 0", profile with { PayCeiling = 0 });
    }

    [Fact]
    public void leaves_the_book_as_it_was()
    {
        var (worker, posting) = Markets.Plain();
        using var book = new Book(Markets.Profile);
        book.Upsert(worker);
        book.Upsert(posting);
        Assert.Throws<ArgumentException>(() => book.Upsert(posting with { Headcount = -1 }));
        Assert.Throws<ArgumentException>(() => book.Profile = Markets.Profile with { PayCeiling = 0 });
        Assert.Same(posting, Assert.Single(book.TopPostings(worker.Id, 5)!).Posting);
    }

    static void RefusesProfile(string words, Profile profile)
    {
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => new Book(profile)).Message, StringComparison.Ordinal);
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => Markets.Run([], [], profile)).Message, StringComparison.Ordinal);
    }
}
