using LaborBridge.Portal;
using LaborBridge.ServiceDefaults;

return await LaborBridgeHost.Run(args, [new PortalService()]);
