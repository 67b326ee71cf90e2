using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Distributed.Deployments;

/// <summary>The demo comes from a fixed seed: whoever starts it on the same day shows the same figures.</summary>
public sealed class The_demo
{
    [Fact]
    public async Task tells_the_same_story_at_every_start()
    {
        using var here = TempFolder.Create();
        using var there = TempFolder.Create();
        await using var one = Start(here);
        await using var other = Start(there);
        await one.Ready(TimeSpan.FromSeconds(180));
        await other.Ready(TimeSpan.FromSeconds(180));

        var told = await Told(one);

        Assert.Contains("\"workersTransferred\"", told, StringComparison.Ordinal);
        Assert.Equal(told, await Told(other));
    }

    private static ServiceProcess Start(TempFolder data) => ServiceProcess.Launch("AllInOne", new Dictionary<string, string?> { ["LaborBridge__Data"] = data.Path }, port: null, "--demo");

    // Figures only: ids differ.
    private static async Task<string> Told(ServiceProcess process)
    {
        using var official = await ApiClient.SignIn(ApiAddresses.One(process.Address), "official", "LaborBridge-demo-1");
        var figures = new List<string>();
        foreach (var by in new[] { "county", "pairing", "trade", "month" })
        {
            figures.Add((await official.Get($"/api/outflow/indicators?by={by}"))["rows"]!.ToJsonString());
        }

        figures.Add((await official.Get("/api/outflow/flows?by=city"))["links"]!.ToJsonString());
        foreach (var state in new[] { "open", "accepted", "declined", "expired", "withdrawn" })
        {
            var offers = await official.Get($"/api/offers?state={state}&limit=200");
            figures.Add($"{state} {offers["items"]!.AsArray().Count}");
        }

        return string.Join('\n', figures);
    }
}
