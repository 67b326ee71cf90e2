using System.Text.Json;

namespace LaborBridge.Portal.Clients;

/// <summary>The portal's own API and what every service offers to operators.</summary>
internal sealed class PortalClient(ServiceCalls calls)
{
    public const string Service = "portal";

    public Task<Got<ListOf<Account>>> Accounts(string? cursor) => calls.Get<ListOf<Account>>(Service, Query.Of("/api/accounts", ("cursor", cursor)));

    public Task<Got<Account>> CreateAccount(object form, Guid key) => calls.Post<Account>(Service, "/api/accounts", form, key);

    public Task<Got<JsonElement>> Streams(string service) => calls.Get<JsonElement>(service, $"/api/operations/{service}/streams");
}

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
