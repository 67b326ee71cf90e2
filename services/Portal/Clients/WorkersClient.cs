namespace LaborBridge.Portal.Clients;

/// <summary>The Workers service: people, wishes, consents, rosters.</summary>
internal sealed class WorkersClient(ServiceCalls calls)
{
    public const string Service = "workers";

    public Task<Got<Worker>> Worker(Guid id) => calls.Get<Worker>(Service, $"/api/workers/{id}");
}

internal sealed record Worker(Guid Id, string? Name);
