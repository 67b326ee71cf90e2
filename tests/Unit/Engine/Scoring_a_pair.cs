using LaborBridge.Matching.Engine;
using Xunit;

namespace LaborBridge.Tests.Unit.Engine;

public sealed class Scoring_a_pair
{
    static readonly DateOnly Today = Markets.Today;

    static int Points(string code, Func<WorkerEntry, WorkerEntry>? worker = null, Func<PostingEntry, PostingEntry>? posting = null)
    {
        var (plainWorker, plainPosting) = Markets.Plain();
        var pair = new Pair(worker?.Invoke(plainWorker) ?? plainWorker, posting?.Invoke(plainPosting) ?? plainPosting, Markets.Profile);
        return Fit.ExplainWorker(pair).Parts.Concat(Fit.ExplainFirm(pair).Parts).Single(part => part.Code == code).Points;
    }

    [Theory]
    [InlineData(500_000, 0)]
    [InlineData(499_000, 1)]
    [InlineData(400_000, 100)]
    [InlineData(0, 500)]
    public void gives_a_point_for_every_ten_yuan_over_the_wish(long lowest, int points) =>
        Assert.Equal(points, Points("pay", worker: w => w with { LowestPay = lowest }));

    [Fact]
    public void gives_no_more_for_pay_than_the_weight() => Assert.Equal(600, Points("pay", posting: p => p with { GuaranteedPay = 2_000_000 }));

    [Theory]
    [InlineData("3502", 400)]
    [InlineData("64,3502", 320)]
    [InlineData("64,11,3502", 240)]
    [InlineData("64,11,12,13,14,3502", 160)]
    [InlineData("", 400)]
    public void ranks_wished_places(string places, int points) =>
        Assert.Equal(points, Points("place", worker: w => w with { WishedPlaces = places.Split(',', StringSplitOptions.RemoveEmptyEntries) }));

    [Theory]
    [InlineData("640422", 100)]
    [InlineData("640424", 66)]
    [InlineData("640121104", 33)]
    [InlineData("350205", 0)]
    public void counts_how_near_home_is(string site, int points) => Assert.Equal(points, Points("near-home", posting: p => p with { Site = site }));

    [Theory]
    [InlineData("garment-sewing", 400)]
    [InlineData("general,garment-sewing", 400)]
    [InlineData("shoe-making,garment-sewing", 300)]
    [InlineData("a,b,c,d,e,garment-sewing", 100)]
    public void ranks_wished_trades(string trades, int points) => Assert.Equal(points, Points("trade", worker: w => w with { WishedTrades = trades.Split(',') }));

    [Fact]
    public void prefers_free_lodging_for_who_needs_it()
    {
        static WorkerEntry Needs(WorkerEntry worker) => worker with { NeedsLodging = true };
        Assert.Equal(150, Points("lodging"));
        Assert.Equal(150, Points("lodging", Needs, p => p with { Lodging = Lodging.Free }));
        Assert.Equal(90, Points("lodging", Needs, p => p with { Lodging = Lodging.Offered }));
        Assert.Equal(0, Points("lodging", Needs));
    }

    [Fact]
    public void counts_canteen_wishes_met()
    {
        static WorkerEntry Wishes(WorkerEntry worker) => worker with { CanteenWishes = ["halal", "vegetarian"] };
        Assert.Equal(100, Points("canteen"));
        Assert.Equal(50, Points("canteen", Wishes, p => p with { Canteen = ["halal"] }));
        Assert.Equal(0, Points("canteen", Wishes));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("350212", 200)]
    [InlineData("350102", 50)]
    [InlineData("440305", 0)]
    public void draws_partners_to_one_city(string? partner, int points) => Assert.Equal(points, Points("partner", worker: w => w with { PartnerAt = partner }));

    [Fact]
    public void counts_pairing_for_the_worker_alone_and_only_if_switched_on()
    {
        var (worker, posting) = Markets.Plain();
        var pairs = new PairedPlaces([("640422", "3502")]);
        var on = new Pair(worker, posting, Markets.Profile with { Pairing = true, Pairings = pairs });
        var elsewhere = on with { Posting = posting with { Site = "350102" } };
        var off = on with { Profile = on.Profile with { Pairing = false } };

        Assert.Equal(50, Fit.OfWorker(on) - Fit.OfWorker(elsewhere));
        Assert.Equal(50, Fit.OfWorker(on) - Fit.OfWorker(off));
        Assert.DoesNotContain(Fit.ExplainWorker(off).Parts, part => part.Code == "pairing");
        Assert.Equal(Fit.OfFirm(on), Fit.OfFirm(elsewhere));
        Assert.Equal(Fit.OfFirm(on), Fit.OfFirm(off));
    }

    [Theory]
    [InlineData("640424", "350205", true)]
    [InlineData("640424203", "350205", true)]
    [InlineData("640425", "350212", true)]
    [InlineData("640425", "350102", false)]
    [InlineData("640502", "350205", false)]
    public void holds_a_pairing_for_all_below_it(string home, string site, bool holds) => Assert.Equal(holds, Markets.Profile.Pairings.Hold(home, site));

    [Theory]
    [InlineData(0, 0, 420)]
    [InlineData(1, 0, 560)]
    [InlineData(5, 0, 700)]
    [InlineData(3, 3, 420)]
    [InlineData(2, 3, 280)]
    [InlineData(0, 3, 0)]
    [InlineData(5, 3, 700)]
    public void weighs_the_grade_against_the_one_asked_for(int grade, int asked, int points) =>
        Assert.Equal(points, Points("grade", w => w with { Skills = [new("shoe-making", 5), new("garment-sewing", grade)] }, p => p with { RequiredGrade = asked }));

    [Theory]
    [InlineData(0, 0, "岗位不要求技能等级，本人无等级")]
    [InlineData(3, 0, "岗位不要求技能等级，本人高级技工")]
    [InlineData(1, 2, "岗位要求中级，本人初级")]
    [InlineData(0, 5, "岗位要求高级技师，本人无等级")]
    public void calls_grades_by_their_names(int grade, int asked, string words)
    {
        var (worker, posting) = Markets.Plain();
        var pair = new Pair(worker with { Skills = [new("garment-sewing", grade)] }, posting with { RequiredGrade = asked }, Markets.Profile);
        Assert.Equal(words, Fit.ExplainFirm(pair).Parts.Single(part => part.Code == "grade").Sentence.Zh);
    }

    [Fact]
    public void counts_certificates_held()
    {
        static PostingEntry Asks(PostingEntry posting) => posting with { Certificates = ["welder", "electrician"] };
        Assert.Equal(400, Points("certificates"));
        Assert.Equal(0, Points("certificates", posting: Asks));
        Assert.Equal(200, Points("certificates", w => w with { Certificates = ["electrician", "health"] }, Asks));
    }

    [Fact]
    public void counts_languages_asked_for_and_bars_nobody_for_one()
    {
        static PostingEntry Asks(PostingEntry posting) => posting with { Languages = ["mandarin", "minnan"] };
        Assert.Equal(200, Points("language"));
        Assert.Equal(200, Points("language", w => w with { Languages = ["northwestern"] }));
        Assert.Equal(0, Points("language", posting: Asks));
        Assert.Equal(0, Points("language", w => w with { Languages = ["northwestern"] }, Asks));
        Assert.Equal(100, Points("language", w => w with { Languages = ["northwestern", "minnan"] }, Asks));
        Assert.Equal(200, Points("language", w => w with { Languages = ["minnan", "mandarin"] }, Asks));

        var (worker, posting) = Markets.Plain();
        Assert.True(Eligibility.Holds(new(worker, Asks(posting), Markets.Profile)));
        Assert.True(Asks(posting).Unskilled, "asking for a language made a posting one for skilled people");
        Assert.Equal(Fit.OfWorker(new(worker, posting, Markets.Profile)), Fit.OfWorker(new(worker, Asks(posting), Markets.Profile)));
    }

    [Theory]
    [InlineData("", "mandarin", "岗位不要求语言", "No language asked for")]
    [InlineData("mandarin,minnan", "northwestern,minnan", "要求会讲普通话、闽南语，本人会讲闽南语", "Mandarin, Southern Min asked for; Southern Min spoken")]
    [InlineData("mindong", "northwestern", "要求会讲福州话，本人未登记会讲", "Eastern Min asked for; not among those noted")]
    public void names_of_the_languages_spoken_only_those_asked_for(string asked, string spoken, string zh, string en)
    {
        static string[] Codes(string codes) => codes.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var (worker, posting) = Markets.Plain();
        var pair = new Pair(worker with { Languages = Codes(spoken) }, posting with { Languages = Codes(asked) }, Markets.Profile);
        Assert.Equal(new Sentence(zh, en), Fit.ExplainFirm(pair).Parts.Single(part => part.Code == "language").Sentence);
    }

    [Fact]
    public void prefers_who_can_start_earlier()
    {
        Assert.Equal(300, Points("start"));
        Assert.Equal(300, Points("start", w => w with { From = Today.AddDays(-50) }));
        Assert.Equal(200, Points("start", w => w with { From = Today.AddDays(30) }));
        Assert.Equal(0, Points("start", w => w with { From = Today.AddDays(200) }));
        Assert.Equal(300, Points("start", w => w with { From = Today.AddDays(9) }, p => p with { StartsOn = Today.AddDays(9) }));
    }

    [Fact]
    public void counts_experience_up_to_five_years()
    {
        Assert.Equal(0, Points("experience"));
        Assert.Equal(40, Points("experience", w => w with { ExperienceMonths = 12 }));
        Assert.Equal(200, Points("experience", w => w with { ExperienceMonths = 300 }));
    }

    [Fact]
    public void grants_priority_as_policy_sets_it_without_naming_a_status()
    {
        Assert.Equal(0, Points("priority"));
        Assert.Equal(100, Points("priority", w => w with { Priority = 50 }));
        var (worker, posting) = Markets.Plain();
        var part = Fit.ExplainFirm(new(worker with { Priority = 100 }, posting, Markets.Profile)).Parts.Single(part => part.Code == "priority");
        Assert.Equal("按政策优先推荐", part.Sentence.Zh);
    }

    [Fact]
    public void stays_within_weights_and_sums_up()
    {
        var (workers, postings) = Markets.Make(seed: 7, workers: 60, postings: 60);
        foreach (var worker in workers)
            foreach (var posting in postings)
            {
                var pair = new Pair(worker, posting, Markets.Profile);
                foreach (var (score, total) in new[] { (Fit.ExplainWorker(pair), Fit.OfWorker(pair)), (Fit.ExplainFirm(pair), Fit.OfFirm(pair)) })
                {
                    Assert.Equal(total, score.Total);
                    Assert.Equal(total, score.Parts.Sum(part => part.Points));
                    Assert.InRange(total, 0, Profile.HighestScore);
                    Assert.All(score.Parts, part => Assert.InRange(part.Points, 0, part.Weight));
                }
            }
    }

    [Fact]
    public void knows_nothing_that_must_not_count()
    {
        string[] allowed =
        [
            "Id", "Home", "Skills", "Certificates", "Languages", "ExperienceMonths", "WishedTrades", "WishedPlaces", "LowestPay", "From", "NeedsLodging", "CanteenWishes",
            "Turns18On", "With", "PartnerAt", "Priority", "Consent", "Free",
        ];
        Assert.Equal(allowed.Order(), typeof(WorkerEntry).GetProperties().Select(property => property.Name).Order());
    }

    [Fact]
    public void says_everything_in_both_languages()
    {
        var (workers, postings) = Markets.Make(seed: 8, workers: 30, postings: 30);
        foreach (var (worker, posting) in workers.Zip(postings))
            foreach (var part in Fit.ExplainWorker(new(worker, posting, Markets.Profile)).Parts.Concat(Fit.ExplainFirm(new(worker, posting, Markets.Profile)).Parts))
            {
                Assert.Contains(part.Sentence.Zh, letter => letter is >= '\u4e00' and <= '\u9fff');
                Assert.DoesNotContain(part.Sentence.En, letter => letter is >= '\u4e00' and <= '\u9fff');
            }
    }
}
