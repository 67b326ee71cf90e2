using LaborBridge.Workers.Rosters.Reading;
using LaborBridge.Workers.Rosters.Verdicts;
using Xunit;

namespace LaborBridge.Tests.Unit.Rosters;

public sealed class Judging_a_household_row
{
    [Fact]
    public void reads_a_good_row()
    {
        var (entry, nonLabour, codes) = Sheets.Household(
            (Column.Village, "毛沟村"), (Column.HouseholdNumber, "=\"640422000123\""), (Column.MemberPhone, "１３８００００００００"), (Column.HouseholdPhone, "13900000000/13900000001"),
            (Column.Year, "2025年"), (Column.Relation, "配偶"), (Column.Education, "文盲或半文盲"), (Column.LabourCapacity, "普通劳动力"), (Column.HouseholdStatus, "脱贫户"),
            (Column.Workplace, "福建省厦门市海沧区新阳街道"), (Column.Months, "10"), (Column.Employer, "示例电子"), (Column.Channel, "亲友介绍"), (Column.Sex, "女"), (Column.BirthDate, "1990-03-07"));
        Assert.Empty(codes.Except([FindingCode.SexDiffers]));
        Assert.False(nonLabour);
        Assert.NotNull(entry);
        Assert.Equal(("640422103", "毛沟村", "640422000123", "spouse", "none", "ordinary"),
            (entry.Home.ToString(), entry.AddressText, entry.HouseholdNumber, entry.Relation, entry.Education, entry.LabourCapacity));
        Assert.Equal(("out-of-poverty", new DateOnly(2025, 1, 1)), (entry.Status, entry.StatusOn));
        Assert.Equal(["138****0000", "139****0000", "139****0001"], entry.Phones.Select(phone => phone.ToString()));
        Assert.Equal(new WorkSeen(2025, LaborBridge.Domain.DivisionCode.Parse("350205"), "福建省厦门市海沧区新阳街道", "示例电子", null, "relatives",
            new DateOnly(2025, 3, 1), 10, new DateOnly(2025, 12, 31)), entry.Work);
    }

    [Fact]
    public void lets_work_of_the_running_year_run_on()
    {
        var work = Sheets.Household((Column.Year, "2026"), (Column.Workplace, "福建省福州市长乐市"), (Column.Months, "3个月")).Entry?.Work;
        Assert.Equal((new DateOnly(2026, 9, 1), null, "350112", "self"), (work!.StartedOn, work.EndedOn, work.Workplace.ToString(), work.Channel));
    }

    [Theory]
    [InlineData("6.42223E+17", nameof(FindingCode.IdDestroyed))]
    [InlineData("642223199001011000", nameof(FindingCode.IdDestroyed))]
    [InlineData("", nameof(FindingCode.IdMissing))]
    [InlineData("64990119900307", nameof(FindingCode.IdLength))]
    [InlineData("649901199003070010A", nameof(FindingCode.IdLength))]
    [InlineData("649901199013070010", nameof(FindingCode.IdBirthDate))]
    public void refuses_a_bad_id(string id, string expected)
    {
        var (entry, _, codes) = Sheets.Household((Column.ResidentId, id));
        Assert.Null(entry);
        Assert.Equal([expected], codes.Select(code => code.ToString()));
    }

    [Fact]
    public void refuses_a_wrong_check_digit()
    {
        var id = Sheets.Id();
        var wrong = id[..17] + (id[17] == '1' ? '2' : '1');
        Assert.Equal([FindingCode.IdChecksum], Sheets.Household((Column.ResidentId, wrong)).Codes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("无")]
    [InlineData("0")]
    public void counts_children_without_work_as_no_labour_force(string months)
    {
        var (entry, nonLabour, codes) = Sheets.Household((Column.ResidentId, Sheets.Id("20150307")), (Column.Months, months));
        Assert.True(nonLabour);
        Assert.Null(entry);
        Assert.Empty(codes);
    }

    [Fact]
    public void counts_small_children_without_an_id_of_their_own_by_their_birth_date() =>
        Assert.True(Sheets.Household((Column.ResidentId, ""), (Column.BirthDate, "2024/5/1")).NonLabour);

    [Fact]
    public void refuses_children_at_work()
    {
        var (entry, nonLabour, codes) = Sheets.Household((Column.ResidentId, Sheets.Id("20110307")), (Column.Workplace, "福建省"), (Column.Months, "2"));
        Assert.False(nonLabour);
        Assert.Null(entry);
        Assert.Equal([FindingCode.Under16], codes);
    }

    [Fact]
    public void counts_the_day_of_the_sixteenth_birthday_as_sixteen()
    {
        Assert.Null(Sheets.Household((Column.ResidentId, Sheets.Id("20101121")), (Column.Months, "1")).Entry);
        Assert.NotNull(Sheets.Household((Column.ResidentId, Sheets.Id("20101120"))).Entry);
    }

    [Fact]
    public void refuses_work_that_began_before_the_sixteenth_birthday()
    {
        (Column, string)[] sixteenInOctober = [(Column.ResidentId, Sheets.Id("20101010")), (Column.Year, "2026"), (Column.Workplace, "福建省")];
        var (entry, nonLabour, codes) = Sheets.Household([.. sixteenInOctober, (Column.Months, "3")]);
        Assert.Null(entry);
        Assert.False(nonLabour);
        Assert.Equal([FindingCode.Under16], codes);
        Assert.Equal(2, Sheets.Household([.. sixteenInOctober, (Column.Months, "2")]).Entry!.Work!.Months);
    }

    [Fact]
    public void refuses_unknown_divisions_and_those_of_others()
    {
        Assert.Equal([FindingCode.DivisionUnknown], Sheets.Household((Column.County, "西西县")).Codes);
        Assert.Equal([FindingCode.OutsideScope], Sheets.Household((Column.County, "隆德县"), (Column.Town, "")).Codes);
        var (entry, _, codes) = Sheets.Household((Column.Town, "无此镇"));
        Assert.Equal([FindingCode.TownUnknown], codes);
        Assert.Equal("640422", entry!.Home.ToString());
    }

    [Fact]
    public void takes_the_importers_county_where_the_sheet_leaves_it_out() =>
        Assert.Equal("640422103", Sheets.Household((Column.Province, ""), (Column.Prefecture, ""), (Column.County, ""), (Column.Town, "将台堡镇")).Entry?.Home.ToString());

    [Fact]
    public void warns_and_stores_where_a_cell_is_wrong()
    {
        var (entry, _, codes) = Sheets.Household(
            (Column.MemberPhone, "1.38E+10"), (Column.Education, "博古通今"), (Column.HouseholdNumber, "6.4E+11"), (Column.HouseholdStatus, "富裕户"), (Column.BirthDate, "1991-03-07"));
        Assert.NotNull(entry);
        Assert.Equal(
            [FindingCode.BirthDateDiffers, FindingCode.NumberUnreadable, FindingCode.PhoneInvalid, FindingCode.ValueUnknown, FindingCode.ValueUnknown], codes.OrderBy(code => code.ToString(), StringComparer.Ordinal));
    }

    [Fact]
    public void wants_workplace_and_months_together()
    {
        Assert.Equal([FindingCode.WorkIncomplete], Sheets.Household((Column.Workplace, "福建省")).Codes);
        Assert.Equal([FindingCode.WorkIncomplete], Sheets.Household((Column.Months, "3")).Codes);
        Assert.Equal([FindingCode.WorkplaceUnknown], Sheets.Household((Column.Workplace, "省外"), (Column.Months, "3")).Codes);
        Assert.Equal("640422", Sheets.Household((Column.Workplace, "县内"), (Column.Months, "3")).Entry!.Work!.Workplace.ToString());
        Assert.Equal([FindingCode.MonthsUnreadable], Sheets.Household((Column.Year, "2026"), (Column.Workplace, "福建省"), (Column.Months, "12")).Codes);
        Assert.Equal(("public-welfare", "640422103"), Sheets.Household((Column.PublicPost, "保洁"), (Column.PublicPostMonths, "6")).Entry!.Work! is var work ? (work.Channel, work.Workplace.ToString()) : default);
    }

    [Fact]
    public void warns_of_work_without_capacity() =>
        Assert.Equal([FindingCode.CapacityContradictsWork], Sheets.Household((Column.LabourCapacity, "丧失劳动力"), (Column.Workplace, "福建省"), (Column.Months, "3")).Codes);

    [Fact]
    public void refuses_shifted_columns_and_garbled_cells()
    {
        Assert.Equal([FindingCode.CellTooLong], Sheets.Household((Column.Employer, new string('厂', 501))).Codes);
        Assert.Equal([FindingCode.CellGarbled], Sheets.Household((Column.Name, "马\uFFFD")).Codes);
        Assert.Equal([FindingCode.NameUnreadable], Sheets.Household((Column.Name, "13800000000")).Codes);
        Assert.Equal([FindingCode.NameMissing], Sheets.Household((Column.Name, "  ")).Codes);
    }

    [Fact]
    public void has_words_for_every_finding() => Assert.All(Enum.GetValues<FindingCode>(), code => Assert.NotEmpty(FindingTexts.Of(code).Advice.Zh));
}
