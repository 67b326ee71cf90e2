using LaborBridge.Contracts;
using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers;
using Xunit;

namespace LaborBridge.Tests.Unit.Workers;

public sealed class Checking_a_worker
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    private static readonly WorkerBody Sound = new(
        Name: "马燕", ResidentId: Id("19900307"), Phones: ["13800000000"], Hukou: "640422", Address: new("640422101", "毛沟村"), Education: "junior-middle",
        LabourCapacity: "ordinary", Skills: [new("garment-sewing", "none")], Wishes: new(Willing: true, ["general"], ["3502"], 4500m),
        Consents: [new("recommendation", "paper", Today)]);

    [Fact]
    public void accepts_a_sound_one()
    {
        var checks = new Checks();
        var facts = Sound.Check(checks, Today);
        Assert.Empty(checks.Errors);
        Assert.Equal(("640422101", 450_000L), (facts.Home.ToString(), facts.Wishes!.MonthlyPayFen));
    }

    public static TheoryData<string, string, string> BadIds => new()
    {
        { Wrong(Id("19900307")), "residentId", "id-checksum" },
        { "6.42223E+17", "residentId", "id-destroyed" },
        { "", "residentId", "id-missing" },
        { "12345", "residentId", "id-length" },
        { "64990119900307002A", "residentId", "id-characters" },
        { "649901199013070021", "residentId", "id-birth-date" },
        { Id("20101123"), "residentId", "under-16" },
    };

    [Theory]
    [MemberData(nameof(BadIds))]
    public void refuses_an_id(string id, string field, string code) => Refuses(Sound with { ResidentId = id }, field, code);

    [Fact]
    public void takes_somebody_on_the_sixteenth_birthday()
    {
        var checks = new Checks();
        (Sound with { ResidentId = Id("20101122") }).Check(checks, Today);
        Assert.Empty(checks.Errors);
    }

    [Theory]
    [InlineData("６４９９０１１９９００３０７００１Ｘ")]
    [InlineData(" 64990119900307001x ")]
    public void repairs_what_keyboards_do_to_an_id(string id)
    {
        var checks = new Checks();
        (Sound with { ResidentId = id }).Check(checks, Today);
        Assert.DoesNotContain(checks.Errors, error => error.Code is "id-length" or "id-characters");
    }

    [Fact]
    public void refuses_what_is_missing()
    {
        var checks = new Checks();
        new WorkerBody().Check(checks, Today);
        Assert.Equal(["hukou:division-unknown", "name:name-missing", "residentId:id-missing"], checks.Errors.Select(error => $"{error.Field}:{error.Code}").Order());
    }

    [Fact]
    public void refuses_an_unknown_hukou() => Refuses(Sound with { Hukou = "649999", Address = null }, "hukou", "division-unknown");

    [Fact]
    public void refuses_an_abolished_hukou() => Refuses(Sound with { Hukou = "642223", Address = null }, "hukou", "division-unknown");

    [Fact]
    public void refuses_a_hukou_coarser_than_a_county() => Refuses(Sound with { Hukou = "6404", Address = null }, "hukou", "division-too-coarse");

    [Fact]
    public void refuses_an_unknown_address() => Refuses(Sound with { Address = new("640422999") }, "address.division", "division-unknown");

    [Fact]
    public void refuses_a_phone_that_is_none() => Refuses(Sound with { Phones = ["13800000000", "1380000"] }, "phones[1]", "phone-invalid");

    [Fact]
    public void refuses_unknown_words()
    {
        Refuses(Sound with { Education = "phd" }, "education", "unknown-value");
        Refuses(Sound with { LabourCapacity = "strong" }, "labourCapacity", "unknown-value");
        Refuses(Sound with { Skills = [new("wizard")] }, "skills[0].trade", "trade-unknown");
        Refuses(Sound with { Skills = [new("garment-sewing", "best")] }, "skills[0].grade", "unknown-value");
    }

    [Fact]
    public void refuses_wishes_that_make_no_sense()
    {
        Refuses(Sound with { Wishes = new(Willing: null) }, "wishes.willing", "required");
        Refuses(Sound with { Wishes = new(Willing: true, Trades: ["wizard"]) }, "wishes.trades", "trade-unknown");
        Refuses(Sound with { Wishes = new(Willing: true, Places: ["99"]) }, "wishes.places", "division-unknown");
        Refuses(Sound with { Wishes = new(Willing: true, MonthlyPay: 4500.555m) }, "wishes.monthlyPay", "out-of-range");
        Refuses(Sound with { Wishes = new(Willing: true, MonthlyPay: -1m) }, "wishes.monthlyPay", "out-of-range");
        Refuses(Sound with { Wishes = new(Willing: true, Canteens: ["vegan"]) }, "wishes.canteens", "unknown-value");
    }

    [Fact]
    public void refuses_consents_that_make_no_sense()
    {
        Refuses(Sound with { Consents = [new("anything")] }, "consents[0].purpose", "unknown-value");
        Refuses(Sound with { Consents = [new("disclosure")] }, "consents[0].receiver", "required");
        Refuses(Sound with { Consents = [new("recommendation", On: Today.AddDays(1))] }, "consents[0].on", "in-the-future");
    }

    [Fact]
    public void refuses_statuses_without_a_household() =>
        Refuses(Sound with { HouseholdStatuses = [new DatedStatus("marginal", null, null)] }, "householdNumber", "required");

    [Fact]
    public void reads_a_missing_trade_as_any_unskilled_work()
    {
        var checks = new Checks();
        Assert.Equal(["general"], (Sound with { Wishes = new(Willing: true) }).Check(checks, Today).Wishes!.Trades);
    }

    [Fact]
    public void in_a_correction_keeps_what_is_absent_and_what_comes_back_masked()
    {
        var before = Sound.Check(new Checks(), Today);
        var checks = new Checks();
        var after = new WorkerBody(ResidentId: before.Person.ResidentId.ToString(), Phones: ["138****0000", "13900000001"]).Check(checks, Today, before);
        Assert.Empty(checks.Errors);
        Assert.Equal((before.Person.Name, before.Person.ResidentId, "毛沟村", before.Education), (after.Person.Name, after.Person.ResidentId, after.Person.AddressText, after.Education));
        Assert.Equal(["13800000000", "13900000001"], after.Person.Phones.Select(phone => phone.Reveal()));
    }

    [Fact]
    public void in_a_correction_clears_what_is_empty()
    {
        var before = Sound.Check(new Checks(), Today);
        var after = new WorkerBody(Phones: [], Address: new("", ""), Education: "", Skills: []).Check(new Checks(), Today, before);
        Assert.Empty(after.Person.Phones);
        Assert.Empty(after.Skills);
        Assert.Equal((null, null, null), (after.AddressDivision, after.Person.AddressText, after.Education));
    }

    [Fact]
    public void never_repeats_an_id_in_a_message()
    {
        var checks = new Checks();
        var id = Id("19900307");
        (Sound with { Hukou = id, Education = id, Skills = [new(id)], ResidentId = Wrong(id) }).Check(checks, Today);
        Assert.All(checks.Errors, error => Assert.DoesNotContain(id[..10], error.Message.Zh + error.Message.En, StringComparison.Ordinal));
    }

    [Fact]
    public void never_prints_what_it_holds()
    {
        var facts = Sound.Check(new Checks(), Today);
        foreach (var text in new[] { Sound.ToString(), facts.ToString(), facts.Person.ToString() })
        {
            Assert.All(new[] { "马燕", "13800000000", Sound.ResidentId!, "毛沟村" }, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("马燕", "马*")]
    [InlineData("阿依古丽", "阿***")]
    [InlineData("王", "王*")]
    public void masks_a_name(string name, string masked) => Assert.Equal(masked, Person.MaskName(name));

    private static void Refuses(WorkerBody body, string field, string code)
    {
        var checks = new Checks();
        body.Check(checks, Today);
        var error = Assert.Single(checks.Errors);
        Assert.Equal((field, code), (error.Field, error.Code));
        Assert.All(new[] { error.Message.Zh, error.Message.En }, Assert.NotEmpty);
    }

    private static string Id(string birth)
    {
        var first = $"649901{birth}002";
        return first + ResidentId.CheckDigit(first);
    }

    private static string Wrong(string id) => id[..17] + (id[17] == '1' ? '2' : '1');
}
