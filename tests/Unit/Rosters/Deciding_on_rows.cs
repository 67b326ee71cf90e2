using LaborBridge.Contracts;
using LaborBridge.Workers;
using LaborBridge.Workers.Rosters.Reading;
using LaborBridge.Workers.Rosters.Verdicts;
using Xunit;

namespace LaborBridge.Tests.Unit.Rosters;

public sealed class Deciding_on_rows
{
    private static readonly Guid Roster = Guid.Parse("01999999-0000-7000-8000-000000000001");
    private static readonly Guid Ma = Guid.Parse("01999999-0000-7000-8000-000000000002");

    private static readonly (Column, string)[] Works = [(Column.Year, "2026"), (Column.Workplace, "福建省厦门市海沧区"), (Column.Months, "5"), (Column.Employer, "示例电子")];

    [Fact]
    public void registers_who_is_new_with_the_spell()
    {
        var decision = Decide(known: null, Works);
        Assert.Equal(Verdict.New, decision.Verdict);
        Assert.Equal("640422103", decision.Facts!.Hukou.ToString());
        Assert.Equal(("350205", 5), (Assert.Single(decision.Spells!).After.WorkplaceDivision, decision.Spells![0].After.Months));
    }

    [Fact]
    public void changes_nothing_the_second_time()
    {
        var first = Decide(known: null, Works);
        var second = Decide(Known(first), Works);
        Assert.Equal(Verdict.Unchanged, second.Verdict);
        Assert.Null(second.Facts);
    }

    [Fact]
    public void never_erases_by_a_blank_cell()
    {
        var full = Decide(known: null, [(Column.MemberPhone, "13800000000"), (Column.Health, "良好"), (Column.Education, "初中"), (Column.Village, "毛沟村"), (Column.HouseholdNumber, "640422000001")]);
        var blank = Decide(Known(full));
        Assert.Equal(Verdict.Unchanged, blank.Verdict);
        var other = Decide(Known(full), (Column.MemberPhone, "13900000000"), (Column.Education, "高中"));
        Assert.Equal(Verdict.Updated, other.Verdict);
        Assert.Equal(["138****0000", "139****0000"], other.Facts!.Person.Phones.Select(phone => phone.ToString()));
        Assert.Equal(("良好", "senior-middle", "毛沟村"), (other.Facts.Person.Health, other.Facts.Education, other.Facts.Person.AddressText));
    }

    [Fact]
    public void keeps_the_town_that_a_coarser_sheet_leaves_out() => Assert.Equal(Verdict.Unchanged, Decide(Known(Decide(known: null)), (Column.Town, "")).Verdict);

    [Fact]
    public void keeps_the_registered_name_and_warns()
    {
        var decision = Decide(Known(Decide(known: null)), (Column.Name, "马艳"));
        Assert.Equal(Verdict.Unchanged, decision.Verdict);
        Assert.Equal(FindingCode.NameDiffers, Assert.Single(decision.Findings).Code);
    }

    [Fact]
    public void reveals_nothing_of_who_is_registered_elsewhere()
    {
        var known = Known(Decide(known: null));
        var elsewhere = known with { Row = known.Row with { HomeDivision = "640425", WorkplaceDivision = null } };
        var decision = Decide(elsewhere, Works);
        Assert.Equal((Verdict.Duplicate, null, null), (decision.Verdict, decision.Facts, decision.Spells));
        Assert.Equal(FindingCode.DuplicateElsewhere, Assert.Single(decision.Findings).Code);
    }

    [Fact]
    public void updates_a_status_that_the_household_did_not_have()
    {
        var known = Known(Decide(known: null, (Column.HouseholdNumber, "640422000001")));
        (Column, string)[] cells = [(Column.HouseholdNumber, "640422000001"), (Column.HouseholdStatus, "脱贫户"), (Column.Year, "2025")];
        Assert.Equal(Verdict.Updated, Decide(known, [], cells).Verdict);
        Assert.Equal(Verdict.Unchanged, Decide(known, [new DatedStatus("out-of-poverty", new DateOnly(2024, 1, 1), To: null)], cells).Verdict);
    }

    [Fact]
    public void replaces_a_status_said_of_the_same_day()
    {
        var day = new DateOnly(2026, 1, 1);
        var statuses = Household.Observed([new DatedStatus("ordinary", day, To: null)], "marginal", day);
        Assert.Equal([new DatedStatus("marginal", day, To: null)], statuses);
        Assert.Equal(statuses, Household.Observed(statuses, "marginal", day));
    }

    [Fact]
    public void gives_a_spell_the_same_id_whoever_imports_it_and_when()
    {
        var work = Sheets.Household(Works).Entry!.Work!;
        Assert.Equal(Spells.IdOf(Ma, work), Spells.IdOf(Ma, work with { Months = 9, Employer = "别的厂", StartedOn = new DateOnly(2026, 1, 1) }));
        Assert.NotEqual(Spells.IdOf(Ma, work), Spells.IdOf(Ma, work with { Year = 2025 }));
    }

    [Fact]
    public void ends_the_work_that_ran_when_other_work_began_and_warns_where_months_overlap()
    {
        var known = Known(Decide(known: null, Works));
        var moved = Decide(known, (Column.Year, "2026"), (Column.Workplace, "福建省泉州市"), (Column.Months, "2"));
        Assert.Equal(Verdict.Updated, moved.Verdict);
        Assert.Equal([(2, null), (3, new DateOnly(2026, 9, 30))], moved.Spells!.Select(change => (change.After.Months, change.After.EndedOn)));
        var overlapping = Decide(known, (Column.Year, "2026"), (Column.Workplace, "福建省泉州市"), (Column.Months, "8"));
        Assert.Equal((Verdict.Unchanged, FindingCode.SpellOverlap), (overlapping.Verdict, Assert.Single(overlapping.Findings).Code));
    }

    [Fact]
    public void tells_wishes_of_registered_workers_only()
    {
        var decision = Wish(known: null, (Column.Willing, "是"));
        Assert.Equal((Verdict.Error, FindingCode.NotRegistered), (decision.Verdict, Assert.Single(decision.Findings).Code));
    }

    [Fact]
    public void takes_wishes_and_consent_together_and_only_once()
    {
        var decision = Wish(Known(Decide(known: null)), (Column.Willing, "是"), (Column.WishedPlaces, "福建省厦门市"), (Column.Consent, "是"));
        Assert.Equal(Verdict.Updated, decision.Verdict);
        Assert.Equal(("recommendation", "phone"), (Assert.Single(decision.Facts!.Consents).Purpose, decision.Facts.Consents[0].Form));
        Assert.Equal((true, "general", "3502"), (decision.Facts.Wishes!.Willing, decision.Facts.Wishes.Trades[0], decision.Facts.Wishes.Places[0]));
        var again = Known(decision) with { Consents = [Given()] };
        Assert.Equal(Verdict.Unchanged, Wish(again, (Column.Willing, "是"), (Column.WishedPlaces, "福建省厦门市"), (Column.Consent, "是")).Verdict);
        Assert.Equal((Verdict.Updated, true), Wish(again, (Column.Consent, "不同意")) is var no ? (no.Verdict, no.WithdrawsConsent) : default);
    }

    [Fact]
    public void keeps_the_languages_that_were_told_and_takes_none_for_a_wish()
    {
        var known = Known(Decide(known: null));
        Assert.Null(Wish(known, (Column.Languages, "普通话")).Facts);
        var told = Wish(known, (Column.Willing, "是"), (Column.Languages, "普通话、闽南语"));
        Assert.Equal(["mandarin", "minnan"], told.Facts!.Wishes!.Languages);
        Assert.Equal(["mandarin", "minnan"], Wish(Known(told), (Column.WishedPlaces, "福建省厦门市")).Facts!.Wishes!.Languages);
        Assert.Equal(["mandarin"], Wish(Known(told), (Column.Willing, "是"), (Column.Languages, "普通话")).Facts!.Wishes!.Languages);
    }

    private static Decision Decide(Known? known, params (Column Column, string Cell)[] cells) => Decide(known, [], cells);

    private static Decision Decide(Known? known, IReadOnlyList<DatedStatus> statuses, params (Column Column, string Cell)[] cells)
    {
        var row = Sheets.HouseholdRow(cells);
        var entry = HouseholdEntry.Read(row, out _);
        Assert.NotNull(entry);
        return HouseholdDecision.Of(entry, row.Findings, known, statuses, Sheets.Xiji, Roster, Ma);
    }

    private static Decision Wish(Known? known, params (Column Column, string Cell)[] cells)
    {
        var row = Sheets.Row([(Column.Name, "马燕"), (Column.ResidentId, Sheets.Id()), .. cells]);
        return WishDecision.Of(WishEntry.Read(row)!, row.Findings, known, companion: null, Sheets.Xiji);
    }

    private static Known Known(Decision decision)
    {
        var facts = decision.Facts! with { SeenStatus = null, Consents = [] };
        return new Known(Row(facts), facts, [.. (decision.Spells ?? []).Select(change => change.After)], []);
    }

    private static WorkerRow Row(WorkerFacts facts) => new()
    {
        Id = Ma, Version = 1, IdHash = "", NameHash = "", TailHash = "", Sex = "female", BirthYear = 1990, Hukou = facts.Hukou.ToString(), HomeDivision = facts.Home.ToString(),
        Skills = "[]", Certificates = "[]", SelfGroups = "[]", Consented = false, Proposed = false, RestingStatus = "registered", Status = "registered", EnteredBy = "clerk",
        EnteredAt = DateTimeOffset.UnixEpoch, ChangedAt = DateTimeOffset.UnixEpoch,
    };

    private static ConsentRow Given() => new()
    {
        Id = Roster, WorkerId = Ma, Purpose = Consent.Recommendation, Form = "phone", GivenOn = Sheets.Today, RecordedBy = "clerk", RecordedAt = DateTimeOffset.UnixEpoch, Version = 1,
    };
}
