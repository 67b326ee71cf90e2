using LaborBridge.Workers.Rosters.Reading;
using LaborBridge.Workers.Rosters.Verdicts;
using Xunit;

namespace LaborBridge.Tests.Unit.Rosters;

public sealed class Judging_a_wish_row
{
    [Fact]
    public void reads_a_good_row()
    {
        var (entry, codes) = Read(
            (Column.Willing, "愿意"), (Column.WishedPlaces, "福建省厦门市、福州市"), (Column.WishedTrades, "缝纫工、电子厂普工"), (Column.WishedPay, "5000-6000元"), (Column.From, "2026年12月1日"),
            (Column.Lodging, "包吃住"), (Column.Certificates, "电工证、焊工证"), (Column.Consent, "同意"), (Column.ConsentForm, "纸质签字"), (Column.AskedOn, "2026-11-18"));
        Assert.Empty(codes);
        Assert.NotNull(entry);
        Assert.Equal((true, 500_000L, new DateOnly(2026, 12, 1), true, true), (entry.Willing, entry.Pay!.Value.Fen, entry.From, entry.Lodging, entry.Consent));
        Assert.Equal(["3502", "3501"], entry.Places);
        Assert.Equal(["garment-sewing", "electronics-assembly"], entry.Trades);
        Assert.Equal(["canteen"], entry.Canteens);
        Assert.Equal(["电工证", "焊工证"], entry.Certificates);
        Assert.Equal(("paper", new DateOnly(2026, 11, 18)), (entry.ConsentForm, entry.AskedOn));
    }

    [Fact]
    public void takes_blank_cells_for_nothing_said()
    {
        var (entry, codes) = Read();
        Assert.Empty(codes);
        Assert.Equal((null, null, null, null, null, null), (entry!.Willing, entry.Trades, entry.Places, entry.Pay, entry.Lodging, entry.Consent));
        Assert.Equal("phone", entry.ConsentForm);
    }

    [Theory]
    [InlineData("普工/不限", "general")]
    [InlineData("普工", "general")]
    public void keeps_the_word_for_any_unskilled_work_whole(string cell, string trade) => Assert.Equal([trade], Read((Column.WishedTrades, cell)).Entry!.Trades);

    [Fact]
    public void takes_no_preference_for_anywhere() => Assert.Equal([], Read((Column.WishedPlaces, "不限")).Entry!.Places);

    [Fact]
    public void reads_the_languages_that_are_known_and_tells_of_others()
    {
        Assert.Equal(["mandarin", "minnan"], Read((Column.Languages, "普通话、闽南话，国语")).Entry!.Languages);
        var (entry, codes) = Read((Column.Languages, "普通话、火星语"));
        Assert.Equal(["mandarin"], entry!.Languages);
        Assert.Equal([FindingCode.ValueUnknown], codes);
        Assert.Null(Read().Entry!.Languages);
    }

    [Theory]
    [InlineData("5千", 500_000)]
    [InlineData("0.6万", 600_000)]
    [InlineData("５０００", 500_000)]
    [InlineData("4000~5000", 400_000)]
    [InlineData("5-6千", 500_000)]
    public void reads_pay_as_people_write_it(string cell, long fen) => Assert.Equal(fen, Read((Column.WishedPay, cell)).Entry!.Pay!.Value.Fen);

    [Theory]
    [InlineData("随时", "2026-11-20")]
    [InlineData("46357", "2026-12-01")]
    [InlineData("3月", "2027-03-01")]
    [InlineData("12月5日", "2026-12-05")]
    [InlineData("2026.12", "2026-12-01")]
    public void reads_days_as_people_write_them(string cell, string day) => Assert.Equal(DateOnly.Parse(day), Read((Column.From, cell)).Entry!.From);

    [Theory]
    [InlineData("清真餐厅，住宿", true, "halal")]
    [InlineData("不需要", false, null)]
    [InlineData("食宿自理", false, null)]
    [InlineData("要住宿", true, null)]
    public void concludes_nothing_beyond_what_is_written(string cell, bool lodging, string? canteen)
    {
        var entry = Read((Column.Lodging, cell)).Entry!;
        Assert.Equal(lodging, entry.Lodging);
        Assert.Equal(canteen is null ? null : [canteen], entry.Canteens);
    }

    [Fact]
    public void warns_of_what_it_cannot_read() =>
        Assert.Equal(
            [FindingCode.ValueUnknown, FindingCode.ValueUnknown, FindingCode.ValueUnknown, FindingCode.ValueUnknown, FindingCode.CompanionUnknown],
            Read((Column.WishedTrades, "宇航员"), (Column.WishedPlaces, "火星"), (Column.WishedPay, "很多"), (Column.From, "年后"), (Column.With, "王小二")).Codes);

    [Fact]
    public void refuses_who_is_under_sixteen() => Assert.Equal([FindingCode.Under16], Read((Column.ResidentId, Sheets.Id("20120101"))).Codes);

    private static (WishEntry? Entry, IReadOnlyList<FindingCode> Codes) Read(params (Column Column, string Cell)[] cells)
    {
        var row = Sheets.Row([(Column.Name, "马燕"), (Column.ResidentId, Sheets.Id()), .. cells]);
        return (WishEntry.Read(row), [.. row.Findings.Select(finding => finding.Code)]);
    }
}
