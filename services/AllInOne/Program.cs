using LaborBridge.AllInOne;
using LaborBridge.Employers;
using LaborBridge.Matching;
using LaborBridge.Placements;
using LaborBridge.Portal;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers;

ILaborBridgeService[] services = [new WorkersService(), new EmployersService(), new MatchingService(), new PlacementsService(), new PortalService()];

return await LaborBridgeHost.Run(args, services, EmbeddedDefaults.Apply);
