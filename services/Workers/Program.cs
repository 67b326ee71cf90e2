using LaborBridge.ServiceDefaults;
using LaborBridge.Workers;

return await LaborBridgeHost.Run(args, [new WorkersService()]);
