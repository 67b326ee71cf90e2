using LaborBridge.Placements;
using LaborBridge.ServiceDefaults;

return await LaborBridgeHost.Run(args, [new PlacementsService()]);
