using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Distributed.Deployments;

/// <summary>From a village roster to an outflow report, the same scenario on every set-up.</summary>
public sealed class The_main_job
{
    [Fact]
    public async Task runs_in_one_process_in_memory()
    {
        using var data = TempFolder.Create();
        await using var deployment = await Deployment.AllInOne(data);
        await Run(deployment);
    }

    [Fact]
    public async Task runs_in_five_processes_over_RabbitMQ_with_SQLite()
    {
        Requires.RabbitMq();
        using var data = TempFolder.Create();
        await using var host = await (await Broker.Shared()).CreateVirtualHost();
        await using var deployment = await Deployment.Split(data, host.Address, postgreSql: null);
        await Run(deployment);
    }

    [Fact]
    public async Task runs_in_five_processes_over_RabbitMQ_with_PostgreSQL()
    {
        Requires.RabbitMq();
        Requires.PostgreSql();
        using var data = TempFolder.Create();
        await using var host = await (await Broker.Shared()).CreateVirtualHost();
        var cluster = await PostgreSql.Shared();
        var prefix = $"job{Random.Shared.NextInt64():x16}";
        await using var deployment = await Deployment.Split(data, host.Address, $"{cluster.ConnectionString};Database={prefix}_{{service}};Maximum Pool Size=20");
        await Run(deployment);
    }

    private static async Task Run(Deployment deployment)
    {
        await deployment.CreateFirstAdministrator();
        await new MainJob(deployment.Addresses, Deployment.AdminName, Deployment.AdminPassword).Run();
    }
}
