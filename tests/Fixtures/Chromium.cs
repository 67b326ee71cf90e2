namespace LaborBridge.Tests.Fixtures;

/// <summary>The distribution's Chromium, for Playwright's <c>ExecutablePath</c> and <c>Args</c>.</summary>
public static class Chromium
{
    public const string ExecutablePath = "/usr/bin/chromium";

    /// <summary>Runs as root in a container without a GPU and with a small /dev/shm; quiet towards the network.</summary>
    public static readonly IReadOnlyList<string> Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-extensions", "--lang=zh-CN",
    ];

    public static bool IsAvailable => File.Exists(ExecutablePath);
}
