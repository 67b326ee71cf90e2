using LaborBridge.Contracts;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Matching;

public abstract class Listing_matches(Market market) : MarketTest(market)
{
    [Fact]
    public async Task ranks_postings_for_a_worker_with_reasons_in_both_languages()
    {
        var trade = Market.NewTrade();
        var worker = (await Market.Tell(Market.Willing(trade)))[0];
        var plain = await Market.Tell(Market.Open(trade));
        var better = await Market.Tell(Market.Open(trade) with { MonthlyGuaranteedFen = 700_000 });
        await Market.Tell(Market.Open(trade) with { SiteDivision = "350102" });
        var list = await Wait.For(async () => (await Market.Xiji.Get($"/api/matching/workers/{worker}/postings")) is { Status: 200 } heard && heard.Items.Count == 2 ? heard : null, "both are listed");
        Assert.Equal([better.PostingId.ToString(), plain.PostingId.ToString()], list.Items.Select(item => (string)item["postingId"]!));
        var first = list.Items[0];
        Assert.Equal((1, 0), ((int)first["free"]!, (int)first["waiting"]!));
        Assert.Equal(7000m, (decimal)first["monthlyGuaranteed"]!);
        Assert.Equal((int)first["worker"]!["total"]!, first["worker"]!["parts"]!.AsArray().Sum(part => (int)part!["points"]!));
        Assert.All(first["worker"]!["parts"]!.AsArray(), part => Assert.Matches("[\\u4e00-\\u9fa5]", (string)part!["sentence"]!));

        var english = (await Market.Xiji.Get($"/api/matching/workers/{worker}/postings?top=1", language: "en")).Is(200);
        Assert.All(Assert.Single(english.Items)["firm"]!["parts"]!.AsArray(), part => Assert.DoesNotMatch("[\\u4e00-\\u9fa5]", (string)part!["sentence"]!));
    }

    [Fact]
    public async Task ranks_workers_for_a_posting_and_keeps_from_the_firm_what_is_not_its_business()
    {
        var trade = Market.NewTrade();
        var skilled = Market.Willing(trade) with { Skills = [new SkillHeld(trade, "senior")] };
        var plain = Market.Willing(trade);
        await Market.Tell(plain, skilled);
        var posting = await Market.Tell(Market.Open(trade));
        var list = await Wait.For(async () => (await Market.Firm(posting.EmployerId).Get($"/api/matching/postings/{posting.PostingId}/workers")) is { Status: 200 } heard && heard.Items.Count == 2 ? heard : null, "both are listed");
        Assert.Equal([skilled.WorkerId.ToString(), plain.WorkerId.ToString()], list.Items.Select(item => (string)item["workerId"]!));
        Assert.All(list.Items, item => Assert.True(item["home"] is null && item["worker"] is null));

        var receiving = (await Market.Haicang.Get($"/api/matching/postings/{posting.PostingId}/workers")).Is(200);
        Assert.Equal("640422", (string)receiving.Items[0]["home"]!);
        Assert.NotNull(receiving.Items[0]["worker"]);
    }

    [Fact]
    public async Task shows_a_sending_station_its_own_people_even_when_others_suit_better()
    {
        var trade = Market.NewTrade();
        var others = Enumerable.Range(0, 5).Select(_ => Market.Willing(trade, home: "640425") with { Skills = [new SkillHeld(trade, "senior")] }).ToArray();
        var own = Market.Willing(trade);
        await Market.Tell([.. others, own]);
        var posting = await Market.Tell(Market.Open(trade));
        var list = await Wait.For(async () => (await Market.Xiji.Get($"/api/matching/postings/{posting.PostingId}/workers?top=2")) is { Status: 200 } heard && heard.Items.Count > 0 ? heard : null, "somebody is listed");
        Assert.Equal(own.WorkerId.ToString(), (string)Assert.Single(list.Items)["workerId"]!);
    }

    [Fact]
    public async Task hides_what_lies_outside_the_scope()
    {
        var (worker, posting) = await Market.Pair();
        (await Market.Pengyang.Get($"/api/matching/workers/{worker}/postings")).Is(404);
        (await Market.Haicang.Get($"/api/matching/workers/{worker}/postings")).Is(404);
        (await Market.Firm(posting.EmployerId).Get($"/api/matching/workers/{worker}/postings")).Is(403);
        (await Market.Firm(Market.NewId()).Get($"/api/matching/postings/{posting.PostingId}/workers")).Is(404);
        (await Market.Pengyang.Get($"/api/matching/explanation?worker={worker}&posting={posting.PostingId}")).Is(404);
        (await Market.Host.AsAnyone().Get($"/api/matching/workers/{worker}/postings")).Is(401);
    }

    [Fact]
    public async Task explains_a_pair_and_names_what_bars_it()
    {
        var trade = Market.NewTrade();
        var worker = (await Market.Tell(Market.Willing(trade, lowestPay: 800_000)))[0];
        var posting = await Market.Tell(Market.Open(trade));
        var path = $"/api/matching/explanation?worker={worker}&posting={posting.PostingId}";
        var why = (await Market.Xiji.Get(path)).Is(200);
        Assert.False((bool)why.Json["eligible"]!);
        var bar = Assert.Single(why.Json["barredBy"]!.AsArray())!;
        Assert.Equal("lowest-pay", (string)bar["code"]!);
        Assert.Contains("8000", (string)bar["sentence"]!);
        Assert.Contains("below", (string)(await Market.Xiji.Get(path, language: "en")).Json["barredBy"]![0]!["sentence"]!);

        var firm = (await Market.Firm(posting.EmployerId).Get(path)).Is(200);
        Assert.DoesNotContain("8000", firm.Text);
        Assert.Null(firm.Json["worker"]);

        await Market.Workers.Tell((worker, new WorkerNotWilling(worker, "not-now")));
        await Wait.Until(async () => (await Market.Xiji.Get(path)).Json["barredBy"]!.AsArray().Any(one => (string)one!["code"]! == "consent"), "the missing consent is named");
        await Market.Employers.Tell((posting.PostingId, new PostingClosed(posting.PostingId, posting.EmployerId, "expired")));
        await Wait.Until(async () => (await Market.Xiji.Get(path)).Json["barredBy"]!.AsArray().Any(one => (string)one!["code"]! == "off-the-board"), "the closed posting is named");
    }

    [Fact]
    public async Task waits_for_the_write_that_the_reader_names()
    {
        var trade = Market.NewTrade();
        var posting = await Market.Tell(Market.Open(trade));
        var willing = Market.Willing(trade);
        await Market.Workers.Tell((willing.WorkerId, willing));
        var position = await Market.Head(Market.Workers);
        Assert.Single((await Market.Xiji.Get($"/api/matching/workers/{willing.WorkerId}/postings?after={position}")).Is(200).Items);

        var second = Market.Open(trade);
        await Market.Employers.Tell((second.PostingId, second));
        position = await Market.Head(Market.Employers);
        Assert.Equal(2, (await Market.Xiji.Get($"/api/matching/workers/{willing.WorkerId}/postings?after=employers:{position}")).Is(200).Items.Count);
        Assert.Single((await Market.Haicang.Get($"/api/matching/postings/{second.PostingId}/workers?after={position}")).Is(200).Items);
        (await Market.Xiji.Get($"/api/matching/workers/{willing.WorkerId}/postings?after=soon")).Is(400, "validation");
        (await Market.Xiji.Get($"/api/matching/workers/{willing.WorkerId}/postings?after=weather:3")).Is(400, "validation");
        Assert.NotNull(posting);
    }
}

[Collection(OnSqlite.Name)]
public sealed class Listing_matches_on_SQLite(SqliteMarket market) : Listing_matches(market);

[Collection(OnPostgreSql.Name)]
public sealed class Listing_matches_on_PostgreSQL(PostgreSqlMarket market) : Listing_matches(market);
