using LaborBridge.AllInOne;
using LaborBridge.Employers;
using LaborBridge.Matching;
using LaborBridge.Portal;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers;

return await LaborBridgeHost.Run(args, [new WorkersService(), new EmployersService(), new MatchingService(), new PortalService()], EmbeddedDefaults.Apply);
