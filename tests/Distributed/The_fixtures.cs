using System.Net;
using System.Net.Sockets;
using LaborBridge.Tests.Fixtures;
using Npgsql;
using RabbitMQ.Client;
using Xunit;

namespace LaborBridge.Tests.Distributed;

/// <summary>What the other tests stand on: private servers that can be killed and come back.</summary>
public sealed class The_fixtures
{
    [Fact]
    public async Task give_a_virtual_host_that_takes_a_quorum_queue()
    {
        Requires.RabbitMq();
        await using var host = await (await Broker.Shared()).CreateVirtualHost();
        await using var connection = await new ConnectionFactory { Uri = host.Address }.CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);

        var queue = await channel.QueueDeclareAsync("q", durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("q", queue.QueueName);
    }

    [Fact]
    public async Task kill_and_wipe_a_broker_of_ones_own()
    {
        Requires.RabbitMq();
        await using var broker = await Broker.StartOwn();
        var host = await broker.CreateVirtualHost();

        await broker.Kill();
        await broker.Start();
        Assert.Contains(host.Name, await broker.Control("list_vhosts"), StringComparison.Ordinal);

        await broker.Stop();
        broker.Wipe();
        await broker.Start();
        Assert.DoesNotContain(host.Name, await broker.Control("list_vhosts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task give_a_database_that_survives_a_killed_server()
    {
        Requires.PostgreSql();
        await using var cluster = await PostgreSql.StartOwn();
        await using var database = await cluster.CreateDatabase();
        await Execute(database, "create table t (x int)");

        await cluster.Kill();
        await cluster.Start();

        await Execute(database, "insert into t values (1)");
    }

    [Fact]
    public async Task give_each_class_a_database_of_its_own()
    {
        Requires.PostgreSql();
        var cluster = await PostgreSql.Shared();
        await using var one = await cluster.CreateDatabase();
        await using var other = await cluster.CreateDatabase();

        await Execute(one, "create table t (x int)");
        await Execute(other, "create table t (x int)");
    }

    [Fact]
    public void never_give_a_port_twice()
    {
        var ports = Enumerable.Range(0, 50).Select(_ => FreePort.Next()).ToList();
        Assert.Equal(ports.Count, ports.Distinct().Count());
        using var listener = new TcpListener(IPAddress.Loopback, ports[0]);
        listener.Start();
    }

    [Fact]
    public async Task say_what_was_waited_for_in_vain()
    {
        var e = await Assert.ThrowsAsync<TimeoutException>(() => Wait.Until(() => false, "the moon turns green", TimeSpan.FromMilliseconds(50)));
        Assert.Contains("the moon turns green", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task freeze_thaw_and_end_a_real_service()
    {
        using var folder = TempFolder.Create();
        await using var service = await ServiceProcess.Start("AllInOne", arguments: ["--data", folder.Path]);

        service.Freeze();
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => service.Client.GetAsync(new Uri("/health/live", UriKind.Relative), impatient.Token));
        service.Thaw();
        await service.Ready();

        Assert.True(await service.Terminate() == 0, service.Output);
        Assert.Contains("Application is shutting down", service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task tell_why_a_service_does_not_start()
    {
        using var folder = TempFolder.Create();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["LaborBridge__Database__Kind"] = "abacus" };

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => ServiceProcess.Start("Workers", settings, port: null, "--data", folder.Path));

        Assert.Contains("ended with 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("LaborBridge__Database__Kind is 'abacus'", error.Message, StringComparison.Ordinal);
    }

    private static async Task Execute(ScratchDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
