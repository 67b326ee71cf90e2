using LaborBridge.Employers;
using LaborBridge.ServiceDefaults;

return await LaborBridgeHost.Run(args, [new EmployersService()]);
