using System.Collections.Concurrent;
using System.Text;
using LaborBridge.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit;

namespace LaborBridge.Tests.Distributed.Deployments;

/// <summary>After the main job, errors, a reveal and a copy for the person: no ID, phone or name that was put in stands anywhere in clear.</summary>
public sealed class Personal_data_in_clear
{
    [Fact]
    public async Task are_in_no_file_log_trace_or_message_of_one_process()
    {
        var sent = new ConcurrentQueue<(string Path, string Text)>();
        await using var collector = await Collector(sent);
        using var data = TempFolder.Create();
        await using var deployment = await Deployment.AllInOne(data, new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.First(), ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf", ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200", ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        });
        var job = await Run(deployment);
        await Wait.Until(() => sent.Any(one => one.Path == "/v1/traces"), "traces arrive", details: () => string.Join(' ', sent.Select(one => one.Path).Distinct()));

        // What is stored in clear is found, so the search sees these files: it is no matter of chance that it finds no people.
        var known = new PlainText(["xiji-station"]);
        Assert.NotEmpty(known.InFiles(data.Path));
        var people = new PlainText(job.Personal);
        Assert.Empty(people.InFiles(data.Path));
        Assert.Empty(people.In("the log", deployment.Processes[0].Output));
        Assert.Empty(sent.SelectMany(one => people.In(one.Path, one.Text)));
    }

    [Fact]
    public async Task are_in_no_database_log_or_message_of_five_processes()
    {
        Requires.RabbitMq();
        Requires.PostgreSql();
        using var data = TempFolder.Create();
        await using var host = await (await Broker.Shared()).CreateVirtualHost();
        var cluster = await PostgreSql.Shared();
        var prefix = $"clear{Random.Shared.NextInt64():x16}";
        await using var deployment = await Deployment.Split(data, host.Address, $"{cluster.ConnectionString};Database={prefix}_{{service}};Maximum Pool Size=20");
        var job = await Run(deployment);

        var people = new PlainText([.. job.Personal, .. job.Personal.Select(value => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value)))]);
        var found = new List<string>();
        var names = new List<string>();
        foreach (var service in new[] { "workers", "employers", "matching", "placements", "portal" })
        {
            await foreach (var (table, row) in Rows($"{cluster.ConnectionString};Database={prefix}_{service};Pooling=false"))
            {
                names.Add(table);
                found.AddRange(people.In($"{service}.{table}", row));
            }
        }

        // The log of events is what the broker carries.
        Assert.Contains("workers", names);
        Assert.Contains("stream_log", names);
        Assert.Empty(found);
        Assert.All(deployment.Processes, process => Assert.Empty(people.In("the log", process.Output)));
        Assert.Empty(people.InFiles(data.Path));
    }

    private static async Task<MainJob> Run(Deployment deployment)
    {
        await deployment.CreateFirstAdministrator();
        var job = new MainJob(deployment.Addresses, Deployment.AdminName, Deployment.AdminPassword);
        await job.Run();
        await job.LookAtSomebody();
        return job;
    }

    private static async Task<WebApplication> Collector(ConcurrentQueue<(string Path, string Text)> sent)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = builder.Build();
        collector.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            sent.Enqueue((http.Request.Path, Encoding.UTF8.GetString(body.ToArray())));
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    private static async IAsyncEnumerable<(string Table, string Row)> Rows(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'", connection))
        await using (var reader = await list.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                tables.Add(reader.GetString(0));
            }
        }

        foreach (var table in tables)
        {
            await using var all = new NpgsqlCommand($"SELECT CAST(t AS text) FROM {table} t", connection);
            await using var reader = await all.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                yield return (table, reader.GetString(0));
            }
        }
    }
}
