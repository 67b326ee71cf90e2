using LaborBridge.AllInOne;
using LaborBridge.Employers;
using LaborBridge.Portal;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers;

return await LaborBridgeHost.Run(args, [new WorkersService(), new EmployersService(), new PortalService()], EmbeddedDefaults.Apply);
