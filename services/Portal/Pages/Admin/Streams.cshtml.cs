using System.Text.Json;
using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal.Pages.Admin;

/// <summary>How far each service's copies are, and whether one is stuck.</summary>
internal sealed class StreamsModel(PortalClient portal) : PortalPage
{
    private static readonly string[] Names = [WorkersClient.Service, EmployersClient.Service, MatchingClient.Service, PlacementsClient.Service];

    public IReadOnlyList<(string Service, Got<JsonElement> Got)> Services { get; private set; } = [];

    /// <summary>The members of each stream's status as words, whatever members there are.</summary>
    public static IEnumerable<Dictionary<string, string>> Rows(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray().Select(item => item.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.ToString()))
            : [];

    public async Task OnGetAsync()
    {
        var asked = Names.Select(async name => (name, await portal.Streams(name)));
        Services = await Task.WhenAll(asked);
    }
}
