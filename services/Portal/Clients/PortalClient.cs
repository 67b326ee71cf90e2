namespace LaborBridge.Portal.Clients;

/// <summary>The portal's own API and what every service offers to operators.</summary>
internal sealed class PortalClient(ServiceCalls calls)
{
    public const string Service = "portal";

    public Task<Got<ListOf<Account>>> Accounts(string? cursor) => calls.Get<ListOf<Account>>(Service, Query.Of("/api/accounts", ("cursor", cursor)));

    public Task<Got<Account>> CreateAccount(object form, Guid key) => calls.Post<Account>(Service, "/api/accounts", form, key);

    public Task<Got<StreamsOf>> Streams(string service) => calls.Get<StreamsOf>(service, $"/api/operations/{service}/streams");

    public Task<Got<object>> Replay(string service, string stream, bool rebuild, string? reason, Guid key) =>
        calls.Post<object>(service, $"/api/operations/{service}/streams/replay", new { stream, rebuild, reason }, key);

    public Task<Got<object>> Skip(string service, string stream, long position, string? reason, Guid key) =>
        calls.Post<object>(service, $"/api/operations/{service}/streams/skip", new { stream, position, reason }, key);
}

/// <summary>A service's streams, its own first, and what operators did about them last.</summary>
internal sealed record StreamsOf(IReadOnlyList<StreamAt> Items, IReadOnlyList<StreamAct> Acts);

internal sealed record StreamAt(string Stream, long Head, long? Shipped, long? Checkpoint, long Lag, StuckAt? Stuck);

internal sealed record StuckAt(long Position, string Kind, string Reason, int Tries, DateTimeOffset? NextTry);

internal sealed record StreamAct(DateTimeOffset DoneAt, string Act, string Stream, long Position, string Reason, string Who);

internal sealed record Account(Guid Id, string UserName, string DisplayName, string Role, Guid? Station, Guid? Employer, IReadOnlyList<string>? Divisions, bool? Disabled, DateTimeOffset? CreatedAt);

internal sealed record AccountForm
{
    public string UserName { get; set; } = "";
    public string Password { get; set; } = "";
    public string DisplayName { get; set; } = "";
    public string Role { get; set; } = "station";
    public Guid? Station { get; set; }
    public Guid? Employer { get; set; }
    public IReadOnlyList<string>? Divisions { get; set; }
}
