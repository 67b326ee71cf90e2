using LaborBridge.Matching;
using LaborBridge.ServiceDefaults;

return await LaborBridgeHost.Run(args, [new MatchingService()]);
