using System.Diagnostics;
using System.Net.Http.Headers;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using LaborBridge.Workers;

namespace LaborBridge.Tests.Benchmarks;

/// <summary>
/// Roster rows a second: a workbook of 35 columns is sent over HTTP to the Workers service (SQLite, its stream running), dry run and commit. The clock
/// runs from the answer to the upload until the job is done; memory is the highest of the process above what it was before.
/// </summary>
internal static class Rosters
{
    public static async Task Run(int rows)
    {
        var today = ChinaTime.Today(TimeProvider.System);
        var files = new Dictionary<string, byte[]>
        {
            ["xlsx"] = RosterFiles.Xlsx(RosterFiles.HouseholdColumns, RosterFiles.Households(rows, seed: 1, today.Year, today), "花名册"),
            ["csv"] = RosterFiles.GbkCsv(RosterFiles.HouseholdColumns, RosterFiles.Households(rows, seed: 2, today.Year, today)),
        };
        foreach (var (format, file) in files)
        {
            await using var host = await ServiceHost.Start(SqlKind.Sqlite, [new WorkersService(), new TellsPlacements(), new TellsMatching()]);
            var clerk = host.As(new Caller("xiji", "马经办", Role.Station, Guid.Parse("01999999-0000-7000-8000-00000000000a"), Employer: null, ["640422"]));
            // Until everything is compiled.
            await Over(clerk, await Send(clerk, RosterFiles.Xlsx(RosterFiles.HouseholdColumns, RosterFiles.Households(20_000, seed: 9, today.Year, today)), "commit"));
            Console.WriteLine($"{Environment.ProcessorCount} cores; {format}, {rows:n0} rows, {file.Length / 1e6:n1} MB");
            var dry = await Measure(clerk, "dry run", () => Send(clerk, file, "dry-run", format));
            await Measure(clerk, "commit", async () => { (await clerk.Post($"/api/rosters/{dry}/commit")).Is(202); return dry; });
            await Measure(clerk, "again, all unchanged", () => Send(clerk, file, "commit", format));
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
