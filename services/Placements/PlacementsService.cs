using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Placements.Copies;
using LaborBridge.Placements.FollowUps;
using LaborBridge.Placements.Indicators;
using LaborBridge.Placements.Ledger;
using LaborBridge.Placements.Trips;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements;

/// <summary>Trips, retention, outflow: from the hire to the last day of each spell, and the figures that follow from it.</summary>
public sealed class PlacementsService : ILaborBridgeService
{
    /// <inheritdoc/>
    public string Name => "placements";

    /// <inheritdoc/>
    public void Add(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(PlacementsOptions.From(builder.Configuration));
        builder.Services.AddSingleton<OutflowBook>();
        builder.Services.AddHostedService<SealLedger>();
        builder.Services.AddEventStream<PlacementsService>(Name, Catalogs.Of(PlacementEvents.Contract), provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            return [FollowWorkers.Subscription(time), FollowEmployers.Subscription(time), FollowMatching.Subscription(time)];
        });
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder app)
    {
        OpenPlacement.Map(app);
        RecordStep.Map(app);
        FindPlacements.Map(app);
        ShowPlacement.Map(app);

        PlanTrip.Map(app);
        BookPassenger.Map(app);
        StrikeOffPassenger.Map(app);
        CallRoll.Map(app);
        HandOver.Map(app);
        FindTrips.Map(app);

        FindFollowUps.Map(app);
        FindAlerts.Map(app);

        ShowIndicators.Map(app);
        ShowDifference.Map(app);
        ShowFlows.Map(app);
        ShowRetention.Map(app);
        ShowReference.Map(app);
        Targets.Map(app);
        MonthlyReport.Map(app);
        VerifyLedger.Map(app);
    }
}
