using LaborBridge.Portal.Clients;
using LaborBridge.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>Makes a trip up.</summary>
internal sealed class NewTripModel(PlacementsClient placements) : PortalPage
{
    [BindProperty]
    public string? Mode { get; set; }

    [BindProperty]
    public int? Capacity { get; set; }

    [BindProperty]
    public string? From { get; set; }

    [BindProperty]
    public string? To { get; set; }

    /// <summary>China's time, as typed.</summary>
    [BindProperty]
    public DateTime? DepartsAt { get; set; }

    [BindProperty]
    public string? Meeting { get; set; }

    [BindProperty]
    public string? Leader { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid || DepartsAt is not { } departs)
        {
            return await Unreadable();
        }

        var leg = new Leg(From ?? "", To ?? "", new DateTimeOffset(DateTime.SpecifyKind(departs, DateTimeKind.Unspecified), ChinaTime.Offset));
        var got = await placements.PlanTrip(new { mode = Mode, capacity = Capacity, legs = new[] { leg }, meeting = Meeting, leader = Leader }, Sent);
        return await Finish(got, trip => $"/station/trips/{trip!.Id}", "trip.planned");
    }
}
