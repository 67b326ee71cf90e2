using LaborBridge.Employers;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Employers;

public sealed class Reviewing_a_posting_while_it_is_written : IAsyncLifetime
{
    private ServiceHost host = null!;
    private Guid firm;

    private ApiCaller Firm => host.As(new Caller("hr", "hr", Role.Employer, Station: null, firm, []));

    public async ValueTask InitializeAsync()
    {
        host = await ServiceHost.Start(SqlKind.Sqlite, [new EmployersService()]);
        var registered = await host.As(Role.Station, "haicang", "350205").Post("/api/employers", new
        {
            name = "海沧光电", socialCreditCode = "91350100M0001TGQXM", site = new { division = "350205", text = "新阳路1号", kind = "factory" }, fujianInvested = true, contact = new { name = "陈经理" },
        });
        firm = Guid.Parse(registered.Is(201).Id);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task takes_the_firms_own_site_where_none_is_named_as_saving_does()
    {
        var reviewed = (await Firm.Post("/api/postings/review", Terms(site: null))).Is(200);
        var saved = (await Firm.Post("/api/postings", Terms(site: null))).Is(201);

        Assert.Equal(["conditions"], Fields(reviewed));
        Assert.Equal(Fields(saved), Fields(reviewed));
    }

    [Fact]
    public async Task does_not_lend_the_site_of_another_firm()
    {
        var stranger = host.As(new Caller("other", "other", Role.Employer, Station: null, Guid.Parse("01900000-0000-7000-8000-000000000009"), []));

        Assert.Equal(["conditions", "site"], Fields((await stranger.Post("/api/postings/review", Terms(site: null))).Is(200)));
    }

    [Fact]
    public async Task refuses_words_of_its_own_lists_that_do_not_exist_when_saved()
    {
        var refused = (await Firm.Post("/api/postings", Terms(site: null, "injury"))).Is(400, "validation");

        Assert.Equal("unknown-value", refused.FieldCode("insurance"));
        Assert.Equal(("unknown-value", "unknown-value"), (refused.FieldCode("hazards"), refused.FieldCode("canteen")));
    }

    private object Terms(object? site, string? unknown = null) => new
    {
        hazards = unknown is null ? [] : new[] { "noise", unknown }, canteen = unknown is null ? ["halal"] : new[] { unknown },
        employerId = firm, site, title = "电子装配工", trade = "general", headcount = 2, work = "装配", pay = new { unit = "month", guaranteed = 5000 }, lodging = "none", interview = false, medical = false,
        insurance = new[] { unknown ?? "work-injury" }, contract = new { form = "direct", months = 12 }, validFrom = "2026-11-01", validTo = "2027-01-01",
    };

    private static IEnumerable<string?> Fields(Heard answer) => answer.Json["findings"]!.AsArray().Select(finding => (string?)finding!["field"]);
}
