using Microsoft.Extensions.Configuration.Memory;

namespace LaborBridge.AllInOne;

/// <summary>What is different where everything runs in one process: it makes its own keys, trusts itself and needs no broker. Any setting overrides it.</summary>
internal static class EmbeddedDefaults
{
    public static void Apply(WebApplicationBuilder builder) => ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource
    {
        InitialData = [new("LaborBridge:EmbeddedDefaults", "true")],
    });
}
