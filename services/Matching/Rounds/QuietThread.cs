using System.Runtime.InteropServices;

namespace LaborBridge.Matching.Rounds;

/// <summary>
/// Runs long work on a thread of its own that yields to everybody else, so that lists are answered while a round runs. Linux ignores the priorities that .NET sets
/// and knows a niceness of the single thread.
/// </summary>
internal static class QuietThread
{
    private const int OneThread = 0, Myself = 0, Niceness = 10;

    /// <summary>Runs the work to its end; an exception of the work is the task's.</summary>
    public static Task<T> Run<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            if (OperatingSystem.IsLinux())
            {
                _ = SetPriority(OneThread, Myself, Niceness);
            }

            try
            {
                done.SetResult(work());
            }
            catch (OperationCanceledException cancelled)
            {
                done.SetCanceled(cancelled.CancellationToken);
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        })
        {
            IsBackground = true,
            Name = "round",
            Priority = ThreadPriority.BelowNormal,
        };
        thread.Start();
        return done.Task;
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    private static extern int SetPriority(int which, int who, int niceness);
}
