using System.Diagnostics;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Architecture.House;

/// <summary>Two services that bring a file of one name break publishing, and only publishing.</summary>
public sealed class Publishing_AllInOne
{
    [Fact]
    public async Task gives_one_folder_with_everything()
    {
        using var folder = TempFolder.Create();
        var start = new ProcessStartInfo("dotnet",
            ["publish", Repository.PathOf("services", "AllInOne"), "--no-build", "-c", Repository.Configuration, "-o", folder.Path, "--nologo", "-nodeReuse:false"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var publish = Process.Start(start)!;
        var output = await publish.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await publish.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(publish.ExitCode == 0, output);
        Assert.All(new[] { "Workers", "Employers", "Matching", "Placements", "Portal", "AllInOne" },
            service => Assert.True(File.Exists(folder[$"LaborBridge.{service}.dll"]), $"{service} is missing"));
    }
}
