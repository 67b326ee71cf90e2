using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LaborBridge.Tests.Fixtures;

/// <summary>A POSIX signal that .NET's <see cref="Process"/> cannot send.</summary>
internal sealed partial class Signal
{
    public static readonly Signal Interrupt = new(2);
    public static readonly Signal Terminate = new(15);
    public static readonly Signal Continue = new(18);
    public static readonly Signal Stop = new(19);

    private readonly int number;

    private Signal(int number) => this.number = number;

    public void SendTo(Process process)
    {
        if (Send(process.Id, number) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int process, int signal);
}
