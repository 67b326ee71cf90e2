using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Xunit;

namespace LaborBridge.Tests.Distributed.Deployments;

/// <summary>SIGTERM under load: the service stops taking requests, finishes the running ones, ships its log and ends; a client that repeats with its key notices nothing.</summary>
public sealed class A_service_that_is_told_to_stop : IAsyncLifetime
{
    private const int Clerks = 8;
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(20);

    private readonly TempFolder data = TempFolder.Create();
    private readonly ConcurrentBag<string> acknowledged = [];
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly List<ServiceProcess> started = [];
    private ServiceHost authority = null!;
    private VirtualHost broker = null!;
    private int people, repeated;

    public async ValueTask InitializeAsync()
    {
        Requires.RabbitMq();
        authority = await ServiceHost.Start(SqlKind.Sqlite, []);
        broker = await (await Broker.Shared()).CreateVirtualHost();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", authority.Token(new Caller("xiji", "马经办", Role.Station, Guid.Parse("01999999-0000-7000-8000-00000000000a"), Employer: null, ["640422"])));
        var keys = Directory.CreateDirectory(Path.Combine(data.Path, "keys")).FullName;
        foreach (var key in new[] { "field-1.key", "lookup.key" })
        {
            await File.WriteAllTextAsync(Path.Combine(keys, key), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in started)
        {
            await process.DisposeAsync();
        }

        http.Dispose();
        await authority.DisposeAsync();
        await broker.DisposeAsync();
        data.Dispose();
    }

    [Fact]
    public async Task loses_and_doubles_nothing_while_another_replica_goes_on()
    {
        Requires.PostgreSql();
        await using var database = await (await PostgreSql.Shared()).CreateDatabase();
        var replicas = new[] { await Start(database), await Start(database) };
        using var enough = new CancellationTokenSource();
        var clerks = Work([.. replicas.Select(replica => replica.Address)], enough.Token);
        await Wait.Until(() => acknowledged.Count > 50, "the clerks work");

        await Stop(replicas[0]);

        var before = acknowledged.Count;
        await Wait.Until(() => acknowledged.Count > before + 50, "the other replica takes over");
        await enough.CancelAsync();
        await clerks;
        Assert.True(repeated > 0, "no request met the stopped replica");
        await AssertAllThereOnce(replicas[1].Address);
    }

    [Fact]
    public async Task ships_its_log_and_goes_on_after_a_restart()
    {
        var service = await Start();
        using var enough = new CancellationTokenSource();
        var clerks = Work([service.Address], enough.Token);
        await Wait.Until(() => acknowledged.Count > 50, "the clerks work");

        await Stop(service);

        var (head, shipped) = Positions();
        Assert.True(head >= 50, $"the head is {head}");
        Assert.Equal(head, shipped);
        var again = await Start(port: service.Address.Port);
        var before = acknowledged.Count;
        await Wait.Until(() => acknowledged.Count > before + 50, "the clerks go on", details: () => again.Output);
        await enough.CancelAsync();
        await clerks;
        await AssertAllThereOnce(again.Address);
    }

    [Fact]
    public async Task ends_in_time_though_clients_never_finish_their_requests()
    {
        var service = await Start();
        var head = $"POST /api/workers HTTP/1.1\r\nHost: localhost\r\nAuthorization: {http.DefaultRequestHeaders.Authorization}\r\nContent-Type: application/json\r\n";
        using var silent = await Say(service.Address, "");
        using var halfHead = await Say(service.Address, head);
        using var halfBody = await Say(service.Address, $"{head}Idempotency-Key: {ApiCaller.NewKey()}\r\nContent-Length: 500\r\n\r\n{{\"name\":");
        await Register([service.Address], Interlocked.Increment(ref people));

        await Stop(service);

        var (last, shipped) = Positions();
        Assert.True(last >= 1, $"the head is {last}");
        Assert.Equal(last, shipped);
    }

    [Fact]
    public async Task ends_in_time_though_the_broker_is_away()
    {
        await using var own = await Broker.StartOwn();
        var service = await Start(address: own.Address);
        using var halfBody = await Say(service.Address, "POST /api/workers HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n{");
        await own.Kill();
        await Register([service.Address], Interlocked.Increment(ref people));

        await Stop(service);
    }

    private static async Task<TcpClient> Say(Uri address, string text)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        return client;
    }

    private static async Task Stop(ServiceProcess service)
    {
        var told = Stopwatch.GetTimestamp();
        var code = await service.Terminate(Drain + Drain);
        var took = Stopwatch.GetElapsedTime(told);
        TestContext.Current.TestOutputHelper?.WriteLine($"ended {took.TotalSeconds:0.0} s after SIGTERM");
        Assert.True(took <= Drain, $"It took {took.TotalSeconds:0.0} s to end:\n{service.Output}");
        Assert.True(code == 0, $"It ended with {code}:\n{service.Output}");
    }

    private async Task<ServiceProcess> Start(ScratchDatabase? database = null, int? port = null, Uri? address = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["LaborBridge__Data"] = data.Path,
            ["LaborBridge__Keys__Folder"] = Path.Combine(data.Path, "keys"),
            ["LaborBridge__Broker__Address"] = (address ?? broker.Address).ToString(),
            ["LaborBridge__Authority"] = authority.Address.ToString().TrimEnd('/'),
        };
        if (database is not null)
        {
            settings["LaborBridge__Database__Kind"] = "postgresql";
            settings["LaborBridge__Database__ConnectionString"] = $"{database.ConnectionString};Maximum Pool Size=20";
        }

        var process = await ServiceProcess.Start("Workers", settings, port);
        started.Add(process);
        return process;
    }

    private Task Work(IReadOnlyList<Uri> replicas, CancellationToken enough) => Task.WhenAll(Enumerable.Range(0, Clerks).Select(_ => Task.Run(
        async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                var number = Interlocked.Increment(ref people);
                acknowledged.Add(await Register([.. replicas.Skip(number % replicas.Count), .. replicas], number));
            }
        },
        TestContext.Current.CancellationToken)));

    /// <summary>Sends one registration until it is answered, always with the same key; only what an unreachable server does may stand between.</summary>
    private async Task<string> Register(IReadOnlyList<Uri> replicas, int number)
    {
        var key = ApiCaller.NewKey();
        var attempt = 0;
        return await Wait.For(
            async () =>
            {
                if (attempt > 0)
                {
                    Interlocked.Increment(ref repeated);
                }

                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(replicas[attempt++ % replicas.Count], "/api/workers"));
                request.Headers.Add("Idempotency-Key", key);
                request.Content = JsonContent.Create(new { name = "登记人", residentId = Id(number), phones = Array.Empty<string>(), hukou = "640422" });
                using var answer = await http.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable, $"{(int)answer.StatusCode}\n{text}");
                return answer.StatusCode == HttpStatusCode.Created ? (string?)JsonNode.Parse(text)!["id"] : null;
            },
            "a registration is answered",
            TimeSpan.FromSeconds(60));
    }

    private async Task AssertAllThereOnce(Uri address)
    {
        var (found, cursor) = (new List<string>(), "");
        do
        {
            var page = (await http.GetFromJsonAsync<JsonNode>(new Uri(address, $"/api/workers?limit=200{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}")))!;
            found.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            cursor = (string?)page["next"] ?? "";
        }
        while (cursor.Length > 0);
        Assert.Equal(people, found.Count);
        Assert.Equal(acknowledged.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    private (long Head, long Shipped) Positions()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data.Path, "workers.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT position FROM stream_head), (SELECT shipped_position FROM stream_relay)";
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static string Id(int number)
    {
        var first = string.Create(CultureInfo.InvariantCulture, $"6499{number / 1000:00}19900307{number % 1000:000}");
        return first + ResidentId.CheckDigit(first);
    }
}
