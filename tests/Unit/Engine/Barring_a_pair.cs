using LaborBridge.Matching.Engine;
using Xunit;

namespace LaborBridge.Tests.Unit.Engine;

public sealed class Barring_a_pair
{
    static readonly DateOnly Today = Markets.Today;

    static string[] BarredBy(Func<WorkerEntry, WorkerEntry>? worker = null, Func<PostingEntry, PostingEntry>? posting = null, Profile? profile = null)
    {
        var (plainWorker, plainPosting) = Markets.Plain();
        var pair = new Pair(worker?.Invoke(plainWorker) ?? plainWorker, posting?.Invoke(plainPosting) ?? plainPosting, profile ?? Markets.Profile);
        var codes = Eligibility.BarredBy(pair).Select(bar => bar.Code).ToArray();
        Assert.Equal(codes.Length == 0, Eligibility.Holds(pair));
        return codes;
    }

    [Fact]
    public void finds_nothing_against_a_plain_pair() => Assert.Empty(BarredBy());

    [Fact]
    public void asks_for_consent() => Assert.Equal(["consent"], BarredBy(worker: w => w with { Consent = false }));

    [Fact]
    public void leaves_who_has_a_running_placement() => Assert.Equal(["already-placed"], BarredBy(worker: w => w with { Free = false }));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    [InlineData(2, 3)]
    public void asks_for_a_free_seat(int headcount, int accepted) =>
        Assert.Equal(["capacity"], BarredBy(posting: p => p with { Headcount = headcount, Accepted = accepted }));

    [Fact]
    public void compares_the_guaranteed_pay_with_the_lowest_wished()
    {
        Assert.Equal(["lowest-pay"], BarredBy(worker: w => w with { LowestPay = 500_001 }));
        Assert.Empty(BarredBy(worker: w => w with { LowestPay = 500_000 }));
    }

    [Fact]
    public void asks_for_lodging_only_when_needed()
    {
        Assert.Equal(["lodging"], BarredBy(worker: w => w with { NeedsLodging = true }));
        Assert.Empty(BarredBy(worker: w => w with { NeedsLodging = true }, posting: p => p with { Lodging = Lodging.Offered }));
    }

    [Theory]
    [InlineData("garment-sewing", 0, true)]
    [InlineData("garment-sewing", 5, true)]
    [InlineData("general", 0, true)]
    [InlineData("general", 1, false)]
    [InlineData("shoe-making", 0, false)]
    [InlineData("", 0, true)]
    [InlineData("", 1, false)]
    public void matches_the_wished_trade_and_gives_general_labour_every_unskilled_posting(string wish, int requiredGrade, bool eligible) =>
        Assert.Equal(
            eligible ? [] : ["trade"],
            BarredBy(worker: w => w with { WishedTrades = wish.Length == 0 ? [] : [wish] }, posting: p => p with { RequiredGrade = requiredGrade }));

    [Fact]
    public void takes_a_posting_that_asks_for_a_certificate_as_skilled() =>
        Assert.Equal(["trade"], BarredBy(worker: w => w with { WishedTrades = ["general"] }, posting: p => p with { Certificates = ["welder"] }));

    [Theory]
    [InlineData("35", true)]
    [InlineData("3502", true)]
    [InlineData("350205", true)]
    [InlineData("350212", false)]
    [InlineData("3501", false)]
    [InlineData("350205101", false)]
    public void asks_for_a_wished_place_of_any_level(string place, bool eligible) =>
        Assert.Equal(eligible ? [] : ["wanted-places"], BarredBy(worker: w => w with { WishedPlaces = [place] }));

    [Fact]
    public void needs_the_worker_before_the_validity_ends()
    {
        Assert.Equal(["dates"], BarredBy(worker: w => w with { From = Today.AddDays(30) }));
        Assert.Empty(BarredBy(worker: w => w with { From = Today.AddDays(29) }));
        Assert.Equal(["dates"], BarredBy(profile: Markets.Profile with { AsOf = Today.AddDays(30) }));
    }

    [Fact]
    public void needs_the_worker_by_the_common_first_day()
    {
        Assert.Equal(["dates"], BarredBy(worker: w => w with { From = Today.AddDays(6) }, posting: p => p with { StartsOn = Today.AddDays(5) }));
        Assert.Empty(BarredBy(worker: w => w with { From = Today.AddDays(5) }, posting: p => p with { StartsOn = Today.AddDays(5) }));
        Assert.Empty(BarredBy(worker: w => w with { From = Today.AddDays(35) }, posting: p => p with { StartsOn = Today.AddDays(40) }));
    }

    [Fact]
    public void keeps_minors_from_hazards_fast_lines_and_barred_trades()
    {
        static WorkerEntry Minor(WorkerEntry worker) => worker with { Turns18On = Today.AddDays(100) };
        Assert.Empty(BarredBy(Minor));
        Assert.Empty(BarredBy(Minor, p => p with { MotionsPerMinute = 50 }));
        Assert.Equal(["minor-barred-work"], BarredBy(Minor, p => p with { MotionsPerMinute = 51 }));
        Assert.Equal(["minor-barred-work"], BarredBy(Minor, p => p with { Hazards = ["dust"] }));
        Assert.Equal(["minor-barred-work"], BarredBy(Minor, p => p with { JuvenileBarred = true }));
    }

    [Fact]
    public void lets_adults_do_what_is_barred_to_minors() =>
        Assert.Empty(BarredBy(posting: p => p with { MotionsPerMinute = 70, Hazards = ["dust"], JuvenileBarred = true }));

    [Fact]
    public void counts_a_minors_age_on_the_first_day_of_work()
    {
        var birthday = Today.AddDays(10);
        PostingEntry Hazardous(PostingEntry posting) => posting with { Hazards = ["dust"] };
        Assert.Equal(["minor-barred-work"], BarredBy(w => w with { Turns18On = birthday, From = birthday.AddDays(-1) }, Hazardous));
        Assert.Empty(BarredBy(w => w with { Turns18On = birthday, From = birthday }, Hazardous));
        Assert.Empty(BarredBy(w => w with { Turns18On = birthday }, p => Hazardous(p) with { StartsOn = birthday }));
        Assert.Empty(BarredBy(w => w with { Turns18On = birthday }, Hazardous, Markets.Profile with { AsOf = birthday }));
    }

    [Fact]
    public void never_lets_anyone_under_16_in()
    {
        var sixteen = Today.AddDays(10);
        Assert.Equal(["under-16"], BarredBy(w => w with { Turns18On = sixteen.AddYears(2) }));
        Assert.Empty(BarredBy(w => w with { Turns18On = sixteen.AddYears(2), From = sixteen }));
    }

    [Fact]
    public void names_every_rule_that_bars()
    {
        var codes = BarredBy(
            w => w with { Consent = false, Free = false, LowestPay = 900_000, NeedsLodging = true, WishedTrades = ["shoe-making"], WishedPlaces = ["64"], From = Today.AddDays(90), Turns18On = Today.AddYears(3) },
            p => p with { Headcount = 0, Hazards = ["dust"], StartsOn = Today.AddDays(5) });
        Assert.Equal(Eligibility.Rules.Select(rule => rule.Code), codes);
    }

    [Fact]
    public void says_why_in_both_languages_with_the_figures()
    {
        var (worker, posting) = Markets.Plain();
        foreach (var rule in Eligibility.Rules)
        {
            var sentence = rule.Sentence(new(worker, posting with { Hazards = ["dust"] }, Markets.Profile));
            Assert.Contains(sentence.Zh, letter => letter is >= '\u4e00' and <= '\u9fff');
            Assert.DoesNotContain(sentence.En, letter => letter is >= '\u4e00' and <= '\u9fff');
        }

        var bar = Assert.Single(Eligibility.BarredBy(new(worker with { LowestPay = 550_050 }, posting, Markets.Profile)));
        Assert.Equal("保底月薪 5000 元，低于本人最低要求 5500.5 元", bar.Sentence.Zh);
    }

    [Fact]
    public void gives_every_rule_a_code_of_its_own()
    {
        Assert.Distinct(Eligibility.Rules.Select(rule => rule.Code));
        Assert.All(Eligibility.Rules, rule => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", rule.Code));
    }
}
