namespace LaborBridge.Portal.Clients;

/// <summary>The Matching service.</summary>
internal sealed class MatchingClient(ServiceCalls calls)
{
    public const string Service = "matching";

    public ServiceCalls Calls => calls;
}
