using System.Diagnostics;
using System.Globalization;
using LaborBridge.Tests.Fixtures;

namespace LaborBridge.Tests.Benchmarks;

/// <summary>AllInOne with the demo as a process of its own: time to ready on an empty folder and on a full one, and what it holds in memory then.</summary>
internal static class Demo
{
    public static async Task Run()
    {
        using var data = TempFolder.Create();
        foreach (var start in new[] { "first start", "second start" })
        {
            var clock = Stopwatch.GetTimestamp();
            await using var process = await ServiceProcess.Start("AllInOne", new Dictionary<string, string?> { ["LaborBridge__Data"] = data.Path }, port: null, "--demo");
            var ready = Stopwatch.GetElapsedTime(clock);

            // Two rounds of the pages' reads, as an office would make them, before memory is looked at.
            using var official = await ApiClient.SignIn(ApiAddresses.One(process.Address), "official", "LaborBridge-demo-1");
            foreach (var path in new[] { "/api/outflow/indicators?by=county", "/api/outflow/flows", "/api/workers", "/api/employers", "/api/outflow/indicators?by=pairing", "/api/offers" })
            {
                await official.Get(path);
            }

            Console.WriteLine($"AllInOne with the demo, {start}: ready in {ready.TotalSeconds:0.0} s, resident {Resident(process.Id):N0} MB, peak {Peak(process.Id):N0} MB ({Environment.ProcessorCount} cores)");
            await process.Terminate();
        }
    }

    private static double Resident(int process) => Megabytes(process, "VmRSS:");

    private static double Peak(int process) => Megabytes(process, "VmHWM:");

    private static double Megabytes(int process, string name) => double.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
}
