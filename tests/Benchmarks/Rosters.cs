using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using LaborBridge.Workers;

namespace LaborBridge.Tests.Benchmarks;

/// <summary>
/// Roster rows a second: a file of 40 columns is sent over HTTP to the Workers service (SQLite, its stream running), dry run and commit. The clock
/// runs from the answer to the upload until the job is done; memory is the highest of the process above what it was before. A last file is imported while clerks register people.
/// </summary>
internal static class Rosters
{
    private const int Clerks = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Columns that no register keeps: an export has such.
    private static readonly string[] Columns = [.. RosterFiles.HouseholdColumns, "致贫原因", "是否易地搬迁户", "安置点", "帮扶责任人", "备注"];

    public static async Task Run(int rows)
    {
        var today = ChinaTime.Today(TimeProvider.System);
        IEnumerable<IReadOnlyList<string>> People(int count, int seed) =>
            RosterFiles.Households(count, seed, today.Year, today).Select(row => (IReadOnlyList<string>)[.. row, "缺技术", "否", "", "李干部", ""]);
        byte[] Workbook(int count, int seed) => RosterFiles.Xlsx(Columns, People(count, seed), "花名册");
        var files = new Dictionary<string, byte[]> { ["xlsx"] = Workbook(rows, seed: 1), ["csv"] = RosterFiles.GbkCsv(Columns, People(rows, seed: 2)) };
        foreach (var (format, file) in files)
        {
            await using var host = await ServiceHost.Start(SqlKind.Sqlite, [new WorkersService(), new TellsPlacements(), new TellsMatching()]);
            var clerk = host.As(new Caller("xiji", "马经办", Role.Station, Guid.Parse("01999999-0000-7000-8000-00000000000a"), Employer: null, ["640422"]));
            // Until everything is compiled, for good: the compiler takes some 40,000 rows for it.
            await Over(clerk, await Send(clerk, Workbook(50_000, seed: 9), "commit"));
            Console.WriteLine($"{Environment.ProcessorCount} cores; {format}, {rows:n0} rows, {file.Length / 1e6:n1} MB");
            var dry = await Measure(clerk, "dry run", () => Send(clerk, file, "dry-run", format));
            await Measure(clerk, "commit", async () => { (await clerk.Post($"/api/rosters/{dry}/commit")).Is(202); return dry; });
            await Measure(clerk, "again, all unchanged", () => Send(clerk, file, "commit", format));
            if (format == "xlsx")
            {
                await BesideClerks(clerk, Workbook(rows, seed: 3));
            }
        }
    }

    // How long a clerk waits for a registration while nothing else goes on, and while a file is imported.
    private static async Task BesideClerks(ApiCaller clerk, byte[] file)
    {
        var (alone, beside) = (new List<double>(), new List<double>());
        await While(Task.Delay(TimeSpan.FromSeconds(5)), alone, first: 0);
        await While(Measure(clerk, $"commit, {Clerks} clerks beside", () => Send(clerk, file, "commit")), beside, first: 1_000_000);
        Print("alone", alone);
        Print("during the import", beside);

        async Task While(Task work, List<double> times, int first)
        {
            var next = first;
            await Task.WhenAll(Enumerable.Range(0, Clerks).Select(async _ =>
            {
                while (!work.IsCompleted)
                {
                    var body = Registrations.Body(Interlocked.Increment(ref next));
                    var started = Stopwatch.GetTimestamp();
                    (await clerk.Post("/api/workers", JsonNode.Parse(body)!)).Is(201);
                    var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                    lock (times)
                    {
                        times.Add(took);
                    }

                    await Task.Delay(Pause);
                }
            }));
            await work;
        }

        static void Print(string when, List<double> times)
        {
            times.Sort();
            Console.WriteLine($"  a clerk registers somebody, {when}: p50 {times[times.Count / 2]:0.0} ms, p99 {times[times.Count * 99 / 100]:0.0} ms, worst {times[^1]:0.0} ms ({times.Count:n0} times)");
        }
    }

    private static async Task<string> Measure(ApiCaller clerk, string step, Func<Task<string>> begin)
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var before = Process.GetCurrentProcess().WorkingSet64;
        var (allocated, paused) = (GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration());
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        using var stop = new CancellationTokenSource();
        var highest = Task.Run(() => Highest(stop.Token), CancellationToken.None);
        var id = await begin();
        var started = Stopwatch.GetTimestamp();
        var done = await Over(clerk, id);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await stop.CancelAsync();
        var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        Console.WriteLine($"  {step}: {(int)done.Json["rowsDone"]! / seconds:n0} rows/s, {seconds:n1} s, {used:n1} s of processor, {(GC.GetTotalAllocatedBytes() - allocated) / 1e3 / (int)done.Json["rowsDone"]!:n0} kB allocated a row, collector paused {(GC.GetTotalPauseDuration() - paused).TotalSeconds:n1} s, {(await highest - before) / 1e6:n0} MB above idle; {done.Json["counts"]!.ToJsonString()}");
        return id;
    }

    private static async Task<long> Highest(CancellationToken stop)
    {
        var highest = 0L;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!stop.IsCancellationRequested)
        {
            highest = Math.Max(highest, Process.GetCurrentProcess().WorkingSet64);
            await tick.WaitForNextTickAsync(CancellationToken.None);
        }

        return highest;
    }

    private static async Task<string> Send(ApiCaller clerk, byte[] file, string mode, string format = "xlsx")
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return (await clerk.Post($"/api/rosters?sheet=household&mode={mode}", new MultipartFormDataContent { { content, "file", $"花名册.{format}" } })).Is(202).Id;
    }

    private static Task<Heard> Over(ApiCaller clerk, string id) => Wait.For(
        async () => (await clerk.Get($"/api/rosters/{id}")).Is(200) is { } now && (string?)now.Json["state"] is "done" or "failed" ? now : null, "the job is over", TimeSpan.FromMinutes(10));

    private sealed class TellsPlacements() : Teller<TellsPlacements>(Contracts.PlacementEvents.Contract);

    private sealed class TellsMatching() : Teller<TellsMatching>(Contracts.MatchingEvents.Contract);
}
