namespace LaborBridge.Portal.Clients;

/// <summary>The Placements service.</summary>
internal sealed class PlacementsClient(ServiceCalls calls)
{
    public const string Service = "placements";

    public ServiceCalls Calls => calls;
}
