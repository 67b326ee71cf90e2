using LaborBridge.AllInOne;
using LaborBridge.AllInOne.Demo;
using LaborBridge.Employers;
using LaborBridge.Matching;
using LaborBridge.Placements;
using LaborBridge.Portal;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers;

return await LaborBridgeHost.Run(
    args,
    [new WorkersService(), new EmployersService(), new MatchingService(), new PlacementsService(), new PortalService()],
    builder =>
    {
        EmbeddedDefaults.Apply(builder);
        if (builder.Configuration.GetValue<bool>("LaborBridge:Demo"))
        {
            DemoRunner.Add(builder);
        }
    });
