using System.Text.Json.Nodes;
using LaborBridge.Employers;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;

namespace LaborBridge.Tests.Services.Employers;

/// <summary>The Employers service with one firm in 海沧 and those who deal with it.</summary>
internal sealed class EmployersHost : IAsyncDisposable
{
    private EmployersHost(ServiceHost host, Guid firm) => (Host, FirmId) = (host, firm);

    public ServiceHost Host { get; }

    public Guid FirmId { get; }

    public ApiCaller Firm => Host.As(new Caller("hr", "hr", Role.Employer, Station: null, FirmId, []));

    public ApiCaller Haicang => Host.As(Role.Official, "haicang", "350205");

    public ApiCaller Xiji => Host.As(Role.Official, "xiji", "640422");

    public ApiCaller Anyone => Host.AsAnyone();

    public static async Task<EmployersHost> Start(SqlKind kind, params (string Key, string Value)[] settings)
    {
        if (kind == SqlKind.PostgreSql)
        {
            Requires.PostgreSql();
        }

        var host = await ServiceHost.Start(kind, [new EmployersService()], time: null, settings);
        var registered = await host.As(Role.Station, "haicang", "350205").Post("/api/employers", new
        {
            name = "海沧光电", socialCreditCode = "91350100M0001TGQXM", site = new { division = "350205", text = "新阳路1号", kind = "factory" }, fujianInvested = true, contact = new { name = "陈经理" },
        });
        return new EmployersHost(host, Guid.Parse(registered.Is(201).Id));
    }

    /// <summary>A posting without fault, valid from today; named properties of <paramref name="other"/> replace its own.</summary>
    public JsonObject Terms(object? other = null)
    {
        var today = ChinaTime.Today(TimeProvider.System);
        var terms = JsonSerializerNode(new
        {
            employerId = FirmId, title = "电子装配工", trade = "general", headcount = 5, work = "流水线装配", conditions = "无特殊要求", pay = new { unit = "month", guaranteed = 5000 }, lodging = "free",
            interview = false, medical = false, insurance = new[] { "work-injury" }, contract = new { form = "direct", months = 12 }, validFrom = today, validTo = today.AddMonths(2),
        });
        foreach (var (name, value) in other is null ? [] : JsonSerializerNode(other))
        {
            terms[name] = value?.DeepClone();
        }

        return terms;
    }

    public async Task<Heard> Save(object? other = null) => (await Firm.Post("/api/postings", Terms(other))).Is(201);

    public async Task<Heard> Submit(string id, params (string Rule, string Reason)[] confirmations) =>
        await Firm.Post($"/api/postings/{id}/submission", new { confirmations = confirmations.Select(one => new { rule = one.Rule, reason = one.Reason }) });

    /// <summary>A posting on the board; the firm is approved for it.</summary>
    public async Task<Heard> Live(object? other = null)
    {
        await Decide("approved");
        var saved = await Save(other);
        return (await Submit(saved.Id)).Is(200);
    }

    public async Task<Heard> Decide(string decision, string? reason = null, ApiCaller? by = null) => await (by ?? Haicang).Post($"/api/employers/{FirmId}/verification", new { decision, reason });

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private static JsonObject JsonSerializerNode(object value) => System.Text.Json.JsonSerializer.SerializeToNode(value)!.AsObject();
}
