using Xunit;

namespace LaborBridge.Tests.Architecture;

/// <summary>Fails with every offender in full, not with the first few letters of the first few.</summary>
internal static class Faults
{
    public static void None(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        Assert.True(all.Count == 0, $"{all.Count} faults:\n{string.Join('\n', all)}");
    }
}
