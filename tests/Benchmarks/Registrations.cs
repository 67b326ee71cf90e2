using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using LaborBridge.Workers;

namespace LaborBridge.Tests.Benchmarks;

/// <summary>Registrations of workers over HTTP at 64 clients, service and clients in this process, SQLite: each one durable before its answer.</summary>
internal static class Registrations
{
    private const int Clients = 64;

    public static async Task Run(int seconds = 10)
    {
        await using var host = await ServiceHost.Start(SqlKind.Sqlite, [new WorkersService()]);
        var token = host.Token(new Caller("bench", "bench", Role.Station, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), Employer: null, ["640422"]));
        var address = new Uri(host.Address, "/api/workers");
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Clients });
        // Until everything is compiled.
        await Round(http, address, token, TimeSpan.FromSeconds(10), first: 0);
        var (clock, busy) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var times = await Round(http, address, token, TimeSpan.FromSeconds(seconds), first: 5_000_000);
        var each = (Environment.CpuUsage.TotalTime - busy) / times.Count;
        var rate = times.Count / clock.Elapsed.TotalSeconds;
        times.Sort();
        Console.WriteLine($"registrations over HTTP, {Clients} clients, SQLite: {rate:N0}/s, p50 {times[times.Count / 2]:0.0} ms, p99 {times[(int)(times.Count * 0.99)]:0.0} ms, worst {times[^1]:0.0} ms ({times.Count:N0} in {seconds} s, {each.TotalMilliseconds:0.00} ms of processor each with its client, {Environment.ProcessorCount} cores)");
    }

    private static async Task<List<double>> Round(HttpClient http, Uri address, string token, TimeSpan time, int first)
    {
        var (next, clock) = (first, Stopwatch.StartNew());
        var all = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            var times = new List<double>();
            while (clock.Elapsed < time)
            {
                var number = Interlocked.Increment(ref next);
                var started = Stopwatch.GetTimestamp();
                using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(Body(number), Encoding.UTF8, "application/json") };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                request.Headers.Add("Idempotency-Key", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString());
                using var response = await http.SendAsync(request);
                if (!response.IsSuccessStatusCode)
                {
                    throw new InvalidOperationException($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
                }

                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return times;
        })));
        return [.. all.SelectMany(times => times)];
    }

    /// <summary>The form of somebody, by number.</summary>
    public static string Body(int number)
    {
        var first = $"6499{number / 1000 % 100:00}{new DateOnly(1970, 1, 1).AddDays(number / 100_000):yyyyMMdd}{number % 1000:000}";
        return $$"""
            {"name":"马{{RosterFiles.Given((int)(number * 7919L % RosterFiles.GivenNames))}}","residentId":"{{first}}{{ResidentId.CheckDigit(first)}}","phones":["138{{number:00000000}}"],"hukou":"640422","address":{"division":"640422101","text":"毛沟村"},
            "householdNumber":"6404{{number / 4:000000000}}","relationToHead":"spouse","education":"junior-middle","labourCapacity":"ordinary",
            "skills":[{"trade":"garment-sewing","grade":"none"}],"wishes":{"willing":true,"trades":["general"],"places":["3502"],"monthlyPay":4500,"lodging":true},
            "consents":[{"purpose":"recommendation","form":"paper"}]}
            """;
    }
}
