using LaborBridge.Employers;
using LaborBridge.ServiceDefaults;

await LaborBridgeHost.Run(args, [new EmployersService()]);
