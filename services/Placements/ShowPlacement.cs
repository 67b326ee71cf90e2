using System.Text.Json;
using LaborBridge.Persistence;
using LaborBridge.Placements.Ledger;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements;

/// <summary>One placement with its history: each entry with the day it happened and since when it is known.</summary>
internal static class ShowPlacement
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/placements/{id:guid}",
            (Guid id, HttpContext http, Requests<PlacementsService> requests) => requests.Read(http, (tx, caller) => Handle(tx, caller, id)))
        .Allow(Role.Station, Role.Official, Role.Employer, Role.Admin).WithName("ShowPlacement").Produces<PlacementView>();

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid id)
    {
        var row = await Sight.Find(tx, caller, id);
        var body = JsonSerializer.SerializeToNode(PlacementView.Of(row), JsonText.Options)!.AsObject();
        body["history"] = JsonSerializer.SerializeToNode(HistoryEntry.All(await LedgerLog.Of(tx, id)), JsonText.Options);
        return Reply.Ok(body, row.Version);
    }
}
