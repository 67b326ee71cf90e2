using System.Diagnostics;
using LaborBridge.Tests.Fixtures;

namespace LaborBridge.Tests.Laboratory;

/// <summary>
/// A file system of 24 MB that can be filled. It is mounted in a name space of its own and seen through the process that keeps it, so that nothing stays
/// mounted when the laboratory is killed: the keeper ends with its owner, the mount with its last user.
/// </summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int Megabytes = 24;

    private readonly TempFolder folder;
    private readonly Process keeper;

    private SmallDisk(string service, TempFolder folder, Process keeper) => (Service, this.folder, this.keeper) = (service, folder, keeper);

    /// <summary>Whose files lie there.</summary>
    public string Service { get; }

    /// <summary>Its root, seen from everywhere.</summary>
    public string Path => $"/proc/{keeper.Id}/root{folder.Path}";

    private string Filler => System.IO.Path.Combine(Path, "filler");

    public static async Task<SmallDisk> Mount(string service)
    {
        var folder = TempFolder.Create();
        var script = $"mount -t tmpfs -o size={Megabytes}m none '{folder.Path}' && touch '{folder["mounted"]}' && while kill -0 {Environment.ProcessId} 2>/dev/null; do sleep 1; done";
        var keeper = Process.Start(new ProcessStartInfo("unshare", ["--mount", "--propagation", "private", "sh", "-c", script]))!;
        var disk = new SmallDisk(service, folder, keeper);
        await Wait.Until(() => keeper.HasExited || File.Exists(System.IO.Path.Combine(disk.Path, "mounted")), "the small disk is mounted");
        return keeper.HasExited ? throw new InvalidOperationException("No file system could be mounted.") : disk;
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

    public async ValueTask DisposeAsync()
    {
        keeper.Kill(entireProcessTree: true);
        await keeper.WaitForExitAsync();
        keeper.Dispose();
        folder.Dispose();
    }
}
