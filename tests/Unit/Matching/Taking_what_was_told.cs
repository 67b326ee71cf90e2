using LaborBridge.Contracts;
using LaborBridge.Matching.Books;
using LaborBridge.Matching.Engine;
using Xunit;

namespace LaborBridge.Tests.Unit.Matching;

public sealed class Taking_what_was_told
{
    [Fact]
    public void drops_repetitions_that_the_engine_refuses()
    {
        var told = Some.Willing with
        {
            Skills = [new SkillHeld("garment-sewing", "junior"), new SkillHeld("garment-sewing", "senior")],
            Trades = ["general", "general"],
            Places = ["3502", "350200", "3502"],
            Canteens = ["halal", "halal"],
            Certificates = ["health", "health"],
            Languages = ["minnan", "minnan"],
        };
        var entry = WorkerCopy.Entry(Some.Worker(told: told), out var broken);
        Assert.Null(broken);
        Assert.Equal([new Skill("garment-sewing", 3)], entry!.Skills);
        Assert.Equal(["general"], entry.WishedTrades);
        Assert.Single(entry.CanteenWishes);
        Assert.Single(entry.Certificates);
        Assert.Equal(["minnan"], entry.Languages);
        Assert.Equal(entry.WishedPlaces.Distinct(), entry.WishedPlaces);

        var posting = PostingCopy.Entry(Some.Posting(told: Some.Published with { Certificates = ["health", "health"], Hazards = ["hot", "hot"] }), out broken);
        Assert.Null(broken);
        Assert.Single(posting!.Certificates);
    }

    [Fact]
    public void takes_what_was_told_before_languages_were_asked_about()
    {
        Assert.Empty(WorkerCopy.Entry(Some.Worker(told: Some.Willing with { Languages = null }))!.Languages);
        Assert.Empty(PostingCopy.Entry(Some.Posting(told: Some.Published with { Languages = null }))!.Languages);
    }

    [Fact]
    public void says_why_a_worker_cannot_be_matched()
    {
        foreach (var told in new[]
        {
            Some.Willing with { HomeDivision = "64042" },
            Some.Willing with { HomeDivision = "64" },
            Some.Willing with { MonthlyPayFen = -1 },
            Some.Willing with { Places = ["350"] },
            Some.Willing with { Skills = [new SkillHeld("general", "master")] },
            Some.Willing with { Trades = [""] },
        })
        {
            Assert.Null(WorkerCopy.Entry(Some.Worker(told: told), out var broken));
            Assert.False(string.IsNullOrEmpty(broken));
        }
    }

    [Fact]
    public void says_why_a_posting_cannot_be_matched()
    {
        foreach (var told in new[]
        {
            Some.Published with { SiteDivision = "35020" },
            Some.Published with { MonthlyGuaranteedFen = -1 },
            Some.Published with { Lodging = "tent" },
            Some.Published with { Grade = "master" },
            Some.Published with { ValidTo = Some.Published.ValidFrom },
            Some.Published with { Trade = " " },
        })
        {
            Assert.Null(PostingCopy.Entry(Some.Posting(told: told), out var broken));
            Assert.False(string.IsNullOrEmpty(broken));
        }
    }

    [Fact]
    public void closes_trades_that_the_law_bars_to_minors()
    {
        Assert.True(PostingCopy.Entry(Some.Posting(told: Some.Published with { Trade = LaborBridge.Domain.Trades.All.First(trade => trade.Barred).Code }))!.JuvenileBarred);
    }
}
