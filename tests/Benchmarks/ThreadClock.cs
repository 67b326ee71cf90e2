using System.Runtime.InteropServices;

namespace LaborBridge.Tests.Benchmarks;

/// <summary>Processor time of the calling thread: what a figure would be if nobody else used the machine.</summary>
internal static partial class ThreadClock
{
    const int ThreadProcessorTime = 3;

    public static double Seconds
    {
        get
        {
            var time = default(TimeSpec);
            return Read(ThreadProcessorTime, ref time) == 0 ? time.Seconds + (time.Nanoseconds / 1e9) : throw new InvalidOperationException("clock_gettime failed");
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Read(int clock, ref TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
