using LaborBridge.Tests.Fixtures;

namespace LaborBridge.Tests.Browser;

/// <summary>AllInOne with the demo's data, started by the first test that asks and shared by all of a class.</summary>
public sealed class DemoProcess : IAsyncDisposable
{
    private readonly TempFolder data = TempFolder.Create();
    private ServiceProcess? process;

    public async Task<Uri> Address()
    {
        if (process is null)
        {
            process = ServiceProcess.Launch(
                "AllInOne", new Dictionary<string, string?> { ["LaborBridge__Data"] = data.Path, ["LaborBridge__Limits__Sessions"] = "10000", ["LaborBridge__Limits__PublicBoard"] = "10000" }, port: null, "--demo");
            await process.Ready(TimeSpan.FromSeconds(180));
        }

        return process.Address;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        data.Dispose();
    }
}
