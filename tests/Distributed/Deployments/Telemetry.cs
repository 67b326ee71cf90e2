using System.Collections.Concurrent;
using System.Text;
using LaborBridge.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LaborBridge.Tests.Distributed.Deployments;

/// <summary>What arrives at a collector when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one.</summary>
public sealed class Telemetry
{
    [Fact]
    public async Task brings_the_meters_of_the_streams_to_the_collector()
    {
        var received = new ConcurrentQueue<(string Path, string Text)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            received.Enqueue((http.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);
        using var data = TempFolder.Create();
        await using var service = await ServiceProcess.Start("AllInOne", new Dictionary<string, string?>
        {
            ["LaborBridge__Data"] = data.Path,
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.First(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        });

        foreach (var name in new[] { "laborbridge.stream.head", "laborbridge.stream.shipped", "laborbridge.stream.checkpoint", "laborbridge.stream.lag", "laborbridge.stream.stuck", "http.server.request.duration" })
        {
            await Wait.Until(
                () => received.Any(one => one.Path == "/v1/metrics" && one.Text.Contains(name, StringComparison.Ordinal)),
                $"{name} arrives",
                details: () => $"{string.Join(' ', received.Select(one => one.Path))}\n{service.Output}");
        }
    }
}
