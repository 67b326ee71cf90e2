using System.Text;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

/// <summary>A roster goes through the portal to the service that keeps it encrypted; on the way it lies on no disk.</summary>
public sealed class Passing_a_roster_on
{
    private const string Marker = "马燕的身份证号";

    [Fact]
    public async Task leaves_no_file_while_it_is_under_way()
    {
        await using var host = await PagesHost.Start();
        host.SignIn("station");
        var page = await host.Get("/station/rosters");
        host.Stub.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sending = host.SendFile(page, "roster-upload", "花名册.csv", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Marker + "\n", 100_000))), ("sheet", "household"));
        await Wait.Until(() => host.Stub.Heard.Any(asked => asked.Request == "POST /api/rosters"), "the service has the file");

        Assert.Contains(Marker, host.Stub.Heard.Single(asked => asked.Request == "POST /api/rosters").Body, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "ASPNETCORE_*").Where(file => Start(file).Contains(Marker, StringComparison.Ordinal)));

        host.Stub.Gate.SetResult();
        await sending;
    }

    private static string Start(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[4096];
            return Encoding.UTF8.GetString(bytes, 0, stream.Read(bytes));
        }
        catch (FileNotFoundException)
        {
            // Another's, and gone by now.
            return "";
        }
    }
}
