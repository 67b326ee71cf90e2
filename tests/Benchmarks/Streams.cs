using System.Diagnostics;
using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using EventLog = LaborBridge.EventStreams.EventLog;

namespace LaborBridge.Tests.Benchmarks;

/// <summary>
/// Events a second from commit to applied: a sender and a receiver in this process, each with a SQLite file of its own; the receiver
/// stores each event in a row. The clock runs from the first commit until the receiver's last.
/// </summary>
internal static class Streams
{
    private static readonly Sql CreateCopy = Sql.Text("CREATE TABLE copy (worker_id {id} NOT NULL PRIMARY KEY, home_division {text:12} NOT NULL, birth_year {int} NOT NULL)");

    private static readonly Sql Store = Sql.Upsert("copy", "worker_id", "home_division, birth_year");

    private static readonly Sql Count = Sql.Text("SELECT COUNT(*) FROM copy");

    public static async Task Run()
    {
        await using var broker = Broker.IsAvailable ? await Broker.StartOwn() : null;
        if (broker is null)
        {
            Console.WriteLine("RabbitMQ is not installed: in memory only");
        }
        else
        {
            await Measure("RabbitMQ, 250 events a commit, 4 writers", broker, commits: 1_200, perCommit: 250, writers: 4);
            await Measure("RabbitMQ, 1 event a commit, 64 writers", broker, commits: 60_000, perCommit: 1, writers: 64);
        }

        await Measure("in memory, 250 events a commit, 4 writers", broker: null, commits: 1_200, perCommit: 250, writers: 4);
        await Measure("in memory, 1 event a commit, 64 writers", broker: null, commits: 60_000, perCommit: 1, writers: 64);
    }

    private static async Task Measure(string name, Broker? broker, int commits, int perCommit, int writers)
    {
        using var folder = TempFolder.Create();
        await using var virtualHost = broker is null ? null : await broker.CreateVirtualHost();
        await using var sender = new Db<Sender>(SqlKind.Sqlite, $"Data Source={folder["sender.db"]}");
        await using var receiver = new Db<Receiver>(SqlKind.Sqlite, $"Data Source={folder["receiver.db"]}");
        await Prepare(sender, receiver);
        using var host = await Start(sender, receiver, virtualHost?.Address);
        var positions = host.Services.GetRequiredService<StreamPositions<Receiver>>();

        // Until everything is compiled and connected.
        await Tell(sender, commits: 20, perCommit: 250, writers: 4);
        await Arrived(positions, 5_000);

        var total = commits * perCommit;
        var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        await Tell(sender, commits, perCommit, writers);
        var told = Stopwatch.GetElapsedTime(started);
        await Arrived(positions, 5_000 + total);
        var applied = Stopwatch.GetElapsedTime(started);
        process.Refresh();
        var stored = await receiver.Read(tx => tx.Scalar<long>(Count));
        await host.StopAsync();
        Console.WriteLine($"{name}: {total / applied.TotalSeconds:N0} events/s ({total:N0} events in {applied.TotalSeconds:0.0} s; committed after {told.TotalSeconds:0.0} s; "
            + $"{(process.TotalProcessorTime - cpu).TotalMicroseconds / total:0} µs of processor an event; {stored:N0} rows)");
    }

    /// <summary>Makes the databases ready.</summary>
    public static async Task Prepare(Db<Sender> sender, Db<Receiver> receiver)
    {
        await Migrator.Migrate(sender, [typeof(EventLog).Assembly]);
        await Migrator.Migrate(receiver, [typeof(EventLog).Assembly]);
        await receiver.Write(tx => tx.Execute(CreateCopy));
    }

    /// <summary>Starts one side or both.</summary>
    public static async Task<IHost> Start(Db<Sender>? sender, Db<Receiver>? receiver, Uri? broker)
    {
        var contract = WorkerEvents.Contract;
        var catalog = new EventCatalog(
            contract.Name,
            contract.Kinds.Where(kind => kind.Value == typeof(WorkerRecorded)).ToDictionary(kind => kind.Key, kind => kind.Value, StringComparer.Ordinal),
            contract.Ignorable);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        if (sender is not null)
        {
            builder.Services.AddSingleton(sender).AddEventStream<Sender>(contract.Name, catalog);
        }

        if (receiver is not null)
        {
            builder.Services.AddSingleton(receiver).AddEventStream<Receiver>(
                "receiver",
                new EventCatalog("receiver", new Dictionary<string, Type>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal)),
                new Subscription(catalog).On<WorkerRecorded>(Apply).OnRebuild(_ => Task.CompletedTask));
        }

        builder.Services.AddEventTransport(broker);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static Task Apply(Tx tx, WorkerRecorded worker, EventContext context) =>
        tx.Execute(Store, new { worker.WorkerId, worker.HomeDivision, worker.BirthYear });

    /// <summary>Commits events from several writers.</summary>
    public static Task Tell(Db sender, int commits, int perCommit, int writers) => Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
    {
        for (var commit = writer; commit < commits; commit += writers)
        {
            await sender.Write(tx =>
            {
                for (var i = 0; i < perCommit; i++)
                {
                    var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
                    tx.Append(new WorkerRecorded(id, "640422101", id, "female", 1990, [new DatedStatus("out-of-poverty", new DateOnly(2021, 1, 1), To: null)], OverRetirementAge: false), id);
                }

                return Task.CompletedTask;
            });
        }
    })));

    private static async Task Arrived(StreamPositions<Receiver> positions, long position)
    {
        if (!await positions.WaitFor("workers", position, TimeSpan.FromMinutes(5)))
        {
            throw new TimeoutException($"The receiver did not reach {position}.");
        }
    }

    internal sealed class Sender;

    internal sealed class Receiver;
}
