using System.Diagnostics;
using LaborBridge.Tests.Fixtures;

namespace LaborBridge.Tests.Laboratory;

/// <summary>A file system of 24 MB that can be filled. A keeper unmounts it when the laboratory has ended, however it ended.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int Megabytes = 24;

    private static readonly Lazy<bool> Tried = new(Try);

    /// <summary>Whether this process may mount file systems: root in a container often may not.</summary>
    public static bool IsPossible => Tried.Value;

    private readonly TempFolder folder;
    private readonly Process keeper;

    private SmallDisk(string service, TempFolder folder, Process keeper) => (Service, this.folder, this.keeper) = (service, folder, keeper);

    /// <summary>Whose files lie there.</summary>
    public string Service { get; }

    /// <summary>Its root.</summary>
    public string Path => folder.Path;

    private string Filler => folder["filler"];

    public static async Task<SmallDisk> Mount(string service)
    {
        var folder = TempFolder.Create();
        var script = $"mount -t tmpfs -o size={Megabytes}m laboratory '{folder.Path}' || exit 1; touch '{folder["mounted"]}'; "
            + $"while kill -0 {Environment.ProcessId} 2>/dev/null && [ -e '{folder["mounted"]}' ]; do sleep 0.2; done; umount -l '{folder.Path}'; rmdir '{folder.Path}'";
        var start = new ProcessStartInfo("setsid", ["sh", "-c", script]);
        // It must outlive those who end what a killed test left behind.
        start.Environment.Remove("LABORBRIDGE_TEST_RUN");
        var keeper = Process.Start(start)!;
        await Wait.Until(() => keeper.HasExited || File.Exists(folder["mounted"]), "the small disk is mounted");
        return keeper.HasExited ? throw new InvalidOperationException("No file system could be mounted.") : new SmallDisk(service, folder, keeper);
    }

    /// <summary>Leaves no byte free.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[64 * 1024];
        for (var size = block.Length; size > 0;)
        {
            try
            {
                filler.Write(block, 0, size);
            }
            catch (IOException)
            {
                size /= 2;
            }
        }
    }

    public void Free() => File.Delete(Filler);

    // In a name space that ends with the trial.
    private static bool Try()
    {
        using var folder = TempFolder.Create();
        using var trial = Process.Start(new ProcessStartInfo("unshare", ["--mount", "--propagation", "private", "mount", "-t", "tmpfs", "none", folder.Path]) { UseShellExecute = false, RedirectStandardError = true })!;
        trial.WaitForExit();
        return trial.ExitCode == 0;
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(folder["mounted"]);
        await keeper.WaitForExitAsync();
        keeper.Dispose();
    }
}
