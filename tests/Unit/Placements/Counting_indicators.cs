using FsCheck;
using FsCheck.Fluent;
using LaborBridge.Placements;
using LaborBridge.Placements.Indicators;
using LaborBridge.ServiceDefaults;
using Xunit;

namespace LaborBridge.Tests.Unit.Placements;

public class Counting_indicators
{
    static readonly By[] Groupings = [By.None, By.County, By.City, By.Pairing, By.Sex, By.AgeBand, By.HouseholdStatus];
    static readonly string[] Scopes = ["", "64", "640422", "35", "3502", "640121104"];

    static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Fact]
    public void equals_a_recount_from_raw_records() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(Seeds, seed =>
    {
        var histories = new Histories(seed);
        var entries = histories.Make();
        var book = new SpellBook();
        foreach (var portion in entries.Chunk(1 + histories.Random.Next(7)))
            book.Add(portion);
        foreach (var known in new[] { entries.Count, histories.Random.Next(entries.Count + 1) })
        {
            var query = Query(histories.Random);
            var counted = Flat(IndicatorCount.Count(book.At(known), query, Language.Zh).Rows);
            var recounted = Recount.Rows([.. entries.Take(known)], query).Where(row => Interesting(row.Value)).ToDictionary();
            foreach (var key in recounted.Keys.Union(counted.Keys))
                Compare(seed, known, query, key, recounted.GetValueOrDefault(key), counted.GetValueOrDefault(key));
        }
    }));

    [Fact]
    public void says_the_same_of_the_past_whatever_comes_later() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Seeds, seed =>
    {
        var histories = new Histories(seed);
        var entries = histories.Make();
        var known = histories.Random.Next(entries.Count + 1);
        var query = Query(histories.Random);
        var then = new SpellBook();
        then.Add([.. entries.Take(known)]);
        var later = new SpellBook();
        later.Add(entries);
        Assert.Equal(Flat(IndicatorCount.Count(then.At(known), query, Language.Zh).Rows), Flat(IndicatorCount.Count(later.At(known), query, Language.Zh).Rows));
        Assert.Equal(known, later.Facts.KnownAt((known * 1000L) + 999));
    }));

    [Fact]
    public void explains_each_figure_by_as_many_entries() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Seeds, seed =>
    {
        var histories = new Histories(seed);
        var book = new SpellBook();
        book.Add(histories.Make());
        var query = Query(histories.Random) with { By = By.None };
        var row = Flat(IndicatorCount.Count(book.At(book.Facts.Count), query, Language.Zh).Rows)["all"];
        foreach (var (indicator, figure) in new[] { ("workersTransferred", "workersTransferred"), ("onPost", "onPost"), ("returned", "returned"), ("departures.new", "new"), ("pointToPoint", "pointToPoint"), ("trained", "trained"), ("localEmployment", "local") })
        {
            var (_, explained) = IndicatorCount.Count(book.At(book.Facts.Count), query with { Explain = indicator }, Language.Zh);
            Assert.Equal(row[figure], explained!.Count(entry => entry.Counted));
        }

        var (_, wages) = IndicatorCount.Count(book.At(book.Facts.Count), query with { Explain = "wageIncome" }, Language.Zh);
        Assert.Equal(row["wageIncome"], wages!.Sum(entry => entry.Value ?? 0));
    }));

    [Fact]
    public void counts_months_as_periods_of_their_own()
    {
        var book = new SpellBook();
        book.Add([
            Courses.Hired("2026-01-10") with { Position = 1, Known = 1 },
            Courses.Step(EntryKind.Started, "2026-01-15") with { Position = 2, Known = 2 },
            Courses.Step(EntryKind.Left, "2026-03-20") with { Position = 3, Known = 3, Reason = "returned" }]);
        var query = new IndicatorQuery(Courses.Day("2026-01-01"), Courses.Day("2026-04-30"), Courses.Day("2026-04-30"), KnownAt: null, By.Month, Side: null, Explain: null, _ => true);
        var rows = IndicatorCount.Count(book.At(3), query, Language.Zh).Rows;
        Assert.Equal(["2026-01", "2026-02", "2026-03", "2026-04"], rows.Select(row => row.Key));
        Assert.Equal([1, 1, 0, 0], rows.Select(row => row.OnPost));
        Assert.Equal([0, 0, 1, 0], rows.Select(row => row.Returned));
        Assert.Equal([1, 1, 1, 0], rows.Select(row => row.WorkersTransferred));
    }

    static void Compare(int seed, int known, IndicatorQuery query, string key, Dictionary<string, decimal?>? expected, Dictionary<string, decimal?>? counted)
    {
        foreach (var name in (expected ?? counted)!.Keys)
        {
            var (should, has) = (expected is null ? 0 : expected[name], counted is null ? 0 : counted[name]);
            Assert.True((should ?? -1) == (has ?? -1) || (expected is null || counted is null) && (should ?? 0) == (has ?? 0),
                $"seed {seed}, {known} known, {query.From}–{query.To} as of {query.AsOf} by {query.By} {query.Side}: {key}.{name} is {has?.ToString() ?? "null"}, recounted {should?.ToString() ?? "null"}");
        }
    }

    static bool Interesting(Dictionary<string, decimal?> row) => row.Values.Any(value => value is not (null or 0));

    static IndicatorQuery Query(Random random)
    {
        var from = new DateOnly(2024, 10, 1).AddDays(random.Next(500));
        var to = from.AddDays(random.Next(500));
        var scope = Scopes[random.Next(Scopes.Length)];
        return new IndicatorQuery(
            from, to, random.Next(2) == 0 ? to : from.AddDays(random.Next(700)), KnownAt: null, Groupings[random.Next(Groupings.Length)],
            random.Next(3) switch { 0 => Side.Sending, 1 => Side.Receiving, _ => null }, Explain: null,
            division => scope.Length == 0 || division?.StartsWith(scope, StringComparison.Ordinal) == true);
    }

    static Dictionary<string, Dictionary<string, decimal?>> Flat(IReadOnlyList<IndicatorRow> rows) => rows.ToDictionary(row => row.Key, row =>
    {
        var flat = new Dictionary<string, decimal?>
        {
            ["workersTransferred"] = row.WorkersTransferred,
            ["arranged"] = row.Arranged,
            ["new"] = row.Departures.New,
            ["returning"] = row.Departures.Returning,
            ["toFujian"] = row.Departures.ToFujian,
            ["pointToPoint"] = row.PointToPoint,
            ["organisedRate"] = row.OrganisedRate,
            ["outOfCountyRate"] = row.OutOfCountyRate,
            ["outOfProvinceRate"] = row.OutOfProvinceRate,
            ["local"] = row.LocalEmployment.Total,
            ["stable3Rate"] = row.Stable3Rate,
            ["stable6Rate"] = row.Stable6Rate,
            ["stableInFujian"] = row.StableInFujian,
            ["onPost"] = row.OnPost,
            ["outOfPoverty"] = row.OutOfPoverty,
            ["monitored"] = row.Monitored,
            ["transferredOutOfPoverty"] = row.TransferredOutOfPoverty,
            ["returned"] = row.Returned,
            ["wageIncome"] = row.WageIncome,
            ["trained"] = row.Trained,
            ["evidenceShare"] = row.EvidenceShare,
        };
        foreach (var (channel, people) in row.LocalEmployment.ByChannel)
            flat["local." + channel] = people;
        return flat;
    });
}

public class Following_people_over_months
{
    [Fact]
    public void estimates_survival_after_kaplan_and_meier()
    {
        // 10 people: 2 leave in month 1, 1 is observed for one month only, 3 leave in month 2, 4 stay.
        (int, bool)[] spells = [(0, true), (0, true), (1, false), (1, true), (1, true), (1, true), (5, false), (5, false), (5, false), (5, false)];
        var curve = ShowRetention.Curve(spells);
        Assert.Equal([(1, 10, 2), (2, 7, 3), (3, 4, 0), (4, 4, 0), (5, 4, 0)], curve.Select(point => (point.Month, point.AtRisk, point.Left)));
        Assert.Equal([0.8, 0.4571], curve.Take(2).Select(point => point.Survival));
        Assert.All(curve, point => Assert.True(point.Low <= point.Survival && point.Survival <= point.High));
        Assert.Equal((0.4087, 0.9459), (curve[0].Low, curve[0].High));
    }

    [Fact]
    public void says_nothing_of_nobody() => Assert.Empty(ShowRetention.Curve([]));
}
