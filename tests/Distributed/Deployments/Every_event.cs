using System.Text.Json.Nodes;
using LaborBridge.Contracts;
using LaborBridge.Employers;
using LaborBridge.EventStreams;
using LaborBridge.Matching;
using LaborBridge.Persistence;
using LaborBridge.Placements;
using LaborBridge.Tests.Fixtures;
using LaborBridge.Workers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LaborBridge.Tests.Distributed.Deployments;

/// <summary>
/// Every kind of event of every stream reaches the real services, in a history in which things change and change again. What was told is then told again: the same
/// segments, and each copy built anew. Neither may change what a service holds, the ledger above all.
/// </summary>
public sealed class Every_event : IAsyncLifetime
{
    private static readonly StreamContract[] Contracts = [WorkerEvents.Contract, EmployerEvents.Contract, MatchingEvents.Contract, PlacementEvents.Contract];

    // Kept by the streams themselves, counting how often something was looked at, or how far the search for duplicates has come, which goes on beside all this.
    private static readonly string[] NotCompared = ["stream_head", "stream_log", "stream_relay", "stream_checkpoint", "stream_acts", "schema_migrations", "idempotency", "book_change", "duplicate_search"];

    // New at each building anew, and told to nobody.
    private static readonly Dictionary<string, string[]> Surrogates = new(StringComparer.Ordinal) { ["worker_steps"] = ["id"], ["match_workers"] = ["change_no"], ["match_postings"] = ["change_no"] };

    // Of the same party as the worker of the samples, and willing to the end.
    private const string Companion = "workerId=019a9c4e-7d00-7011-8000-000000000011";

    private ServiceHost host = null!;

    private IReadOnlyList<EventStream> Streams => [.. host.Services.GetServices<EventStream>().Where(stream => stream.Subscribers.Count > 0)];

    public async ValueTask InitializeAsync()
    {
        host = await ServiceHost.Start(SqlKind.Sqlite, [new WorkersService(), new EmployersService(), new MatchingService(), new PlacementsService()]);
        await Tell();
        await Applied();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task delivered_twice_changes_nothing()
    {
        var before = Held();
        var delivered = 0;
        foreach (var stream in Streams)
        {
            foreach (var subscriber in stream.Subscribers)
            {
                var source = Streams.Single(one => one.Own.Stream == subscriber.Stream);
                var segment = await source.Db.Read(tx => source.Log.Read(tx, 0, long.MaxValue, new StreamOptions()));
                Assert.Equal(segment.LastPosition, (await subscriber.Applier.Apply(segment)).Position);
                delivered += segment.Events.Length;
            }
        }

        Assert.True(delivered > 50, "the history is there");
        Same(before, Held());
    }

    [Fact]
    public async Task told_from_the_beginning_builds_the_same_copy_and_records_nothing_anew()
    {
        var before = Held();
        foreach (var stream in Streams)
        {
            foreach (var subscriber in stream.Subscribers)
            {
                Assert.True(await stream.Db.Write(tx => stream.Monitor.Rebuild(tx, subscriber.Stream, "the copy is in doubt", "operator")));
                await Applied();
            }
        }

        Same(before, Held());
    }

    [Fact]
    public void is_of_every_kind_there_is()
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(host.Folder.Path, "*.db"))
        {
            told.UnionWith(Rows(file, "SELECT DISTINCT kind FROM stream_log"));
        }

        Assert.Equal(Contracts.SelectMany(contract => contract.Kinds.Keys).Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    // The approved samples are one history of one worker, firm and posting; here things change in it and change back.
    private async Task Tell()
    {
        await Tell<WorkersService>(WorkerEvents.Contract,
            ("worker-recorded", null), ("worker-recorded", "homeDivision=640422100"), ("worker-recorded", null), ("consent-given", null), ("worker-willing", null),
            ("self-found-spell-reported", null), ("self-found-spell-reported", "workplaceText=别处"), ("self-found-spell-reported", null), ("self-found-spell-withdrawn", null),
            ("training-finished", null), ("worker-willing", Companion));
        await Tell<EmployersService>(EmployerEvents.Contract,
            ("employer-recorded", null), ("employer-recorded", "employerName=改名的公司"), ("employer-recorded", null), ("posting-published", null), ("posting-published", "title=又一个岗位"));
        await Tell<MatchingService>(MatchingEvents.Contract, ("offer-made", null), ("offer-answered", null), ("seats-counted", null), ("worker-hired", null), ("offer-closed", null));
        await Applied();
        // The hire has opened this placement already: nobody has two that run.
        const string Hired = "placementId=019a9c4e-7d00-7004-8000-000000000004";
        await Tell<PlacementsService>(PlacementEvents.Contract,
            ("placement-opened", Hired), ("placement-moved", Hired), ("placement-moved", $"{Hired}&step=arrived"), ("ledger-sealed", null), ("placement-ended", Hired),
            ("placement-moved", $"{Hired}&step=correction"), ("placement-ended", $"{Hired}&firstDay=2026-04-01"));
        await Tell<EmployersService>(EmployerEvents.Contract, ("posting-closed", null));
        await Tell<WorkersService>(WorkerEvents.Contract, 
            ("consent-withdrawn", null), ("worker-merged", null), ("worker-separated", null), ("worker-merged", null), ("worker-separated", null), ("worker-not-willing", null),
            ("worker-erased", null));
    }

    private Task Tell<TService>(StreamContract contract, params (string Kind, string? Change)[] events) => host.Services.GetRequiredService<Db<TService>>().Write(tx =>
    {
        foreach (var (kind, change) in events)
        {
            var sample = JsonNode.Parse(File.ReadAllText(Repository.PathOf("tests", "Architecture", "Samples", contract.Name, kind + ".json")))!.AsObject();
            foreach (var (property, value) in (change?.Split('&') ?? []).Select(one => one.Split('=')).Select(one => (one[0], one[1])))
            {
                Assert.True(sample.ContainsKey(property), $"{kind} has {property}");
                sample[property] = value;
            }

            tx.Append(EventJson.Read(sample.ToJsonString(), contract.Kinds[kind]), Guid.Parse((string?)sample["workerId"] ?? (string?)sample["employerId"] ?? Guid.Empty.ToString()));
        }

        return Task.CompletedTask;
    });

    // The services are looked at one after the other: only what two looks find alike was so at one moment.
    private async Task Applied()
    {
        string? seen = null;
        await Wait.Until(
            async () =>
            {
                var (lags, positions) = await Look();
                var quiet = lags.Count == 0 && positions == seen;
                seen = positions;
                return quiet;
            },
            "everybody has heard of everything", TimeSpan.FromSeconds(60), () => $"{seen}");
    }

    private async Task<(List<string> Lags, string Positions)> Look()
    {
        var all = new List<(string Service, StreamStatus Status)>();
        foreach (var stream in Streams)
        {
            all.AddRange((await stream.Monitor.Read()).Select(status => (stream.Service, status)));
        }

        var heads = all.Where(one => one.Status.Checkpoint is null).ToDictionary(one => one.Status.Stream, one => one.Status.Head, StringComparer.Ordinal);
        return (
            [.. all.Where(one => one.Status.Checkpoint is { } applied && applied < heads[one.Status.Stream]).Select(one => $"{one.Service}: {one.Status}")],
            string.Join("; ", all.Select(one => $"{one.Service} {one.Status.Stream} {one.Status.Checkpoint ?? one.Status.Head}")));
    }

    private static void Same(SortedDictionary<string, IReadOnlyList<string>> before, SortedDictionary<string, IReadOnlyList<string>> after)
    {
        Assert.Contains(before, table => table is { Key: "placements.ledger", Value.Count: > 5 });
        Assert.Contains(before, table => table is { Key: "workers.worker_steps", Value.Count: > 3 });
        Assert.Contains(before["matching.match_workers"], row => row.EndsWith("|019a9c4e-7d00-700b-8000-00000000000b|", StringComparison.Ordinal));
        foreach (var (table, rows) in before)
        {
            Assert.Equal([table, .. rows], [table, .. after[table]]);
        }
    }

    private SortedDictionary<string, IReadOnlyList<string>> Held()
    {
        var held = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(host.Folder.Path, "*.db"))
        {
            foreach (var table in Rows(file, "SELECT name FROM sqlite_master WHERE type = 'table'").Except(NotCompared))
            {
                var columns = Rows(file, $"SELECT name FROM pragma_table_info('{table}')").Except(Surrogates.GetValueOrDefault(table, []));
                held[$"{Path.GetFileNameWithoutExtension(file)}.{table}"] = [.. Rows(file, $"SELECT {string.Join(", ", columns)} FROM {table}").Order(StringComparer.Ordinal)];
            }
        }

        return held;
    }

    private static List<string> Rows(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(i).ToString())));
        }

        return rows;
    }
}
