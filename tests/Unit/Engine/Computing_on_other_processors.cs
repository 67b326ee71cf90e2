using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;
using LaborBridge.Matching.Engine;
using LaborBridge.Tests.Benchmarks;
using Xunit;

namespace LaborBridge.Tests.Unit.Engine;

/// <summary>Each set of instructions that a processor may lack is switched off in a process of its own, which runs <see cref="gives_lists_rounds_and_totals"/>: the same results to the last bit.</summary>
public sealed class Computing_on_other_processors
{
    const string Told = "LABORBRIDGE_TEST_DIGESTS";

    static string Instructions => $"{(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 0)} permute {Avx512BW.IsSupported} vectors {Lanes.Vectors}";

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "256 permute False vectors True")]
    [InlineData("DOTNET_EnableAVX2", "0 permute False vectors False")]
    [InlineData("DOTNET_EnableHWIntrinsic", "0 permute False vectors False")]
    public async Task comes_to_the_same_results(string switchedOff, string instructions)
    {
        Assert.SkipUnless(Vector256.IsHardwareAccelerated, "this machine has no vector instructions");
        var file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("dotnet", [typeof(Computing_on_other_processors).Assembly.Location, "-method", $"*.{nameof(gives_lists_rounds_and_totals)}"])
            {
                UseShellExecute = false, RedirectStandardOutput = true,
            };
            (start.Environment[switchedOff], start.Environment[Told]) = ("0", file);
            using var child = Process.Start(start)!;
            var said = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(child.ExitCode == 0, said);
            var told = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
            Assert.Equal([instructions, .. Digests()], told);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void gives_lists_rounds_and_totals()
    {
        var digests = Digests();
        Assert.Equal(digests.Length, digests.Distinct().Count());
        if (Environment.GetEnvironmentVariable(Told) is { Length: > 0 } file)
            File.WriteAllLines(file, [Instructions, .. digests]);
    }

    static string[] Digests()
    {
        var digests = new List<string>();
        foreach (var name in new[] { "A", "B" })
        {
            var market = SeasonMarket.Of(name, workers: 2_500);
            using var book = new Book(market.Profile);
            book.Upsert(market.Workers, market.Postings);
            digests.Add(Digest(market.Workers.SelectMany(worker => book.TopPostings(worker.Id, 20)!.Select(one => $"{one.Posting.Id} {one.WorkerScore.Total} {one.FirmScore.Total}"))));
            digests.Add(Digest(market.Postings.SelectMany(posting => book.TopWorkers(posting.Id, 20)!.Select(one => $"{one.Worker.Id} {one.FirmScore.Total}"))));
            var stop = TestContext.Current.CancellationToken;
            digests.Add(Digest(Lines(DeferredAcceptance.Run(market.Workers, market.Postings, market.Profile, stop))));
            digests.Add(Digest(Lines(StableRound.Run(market.Workers, market.Postings, market.Profile, stop, minimum: new(3)).Result)));
            digests.Add(Digest(Lines(HighestTotal.Run(market.Workers, market.Postings, market.Profile, step: 16, stop).Result)));
        }

        return [.. digests];
    }

    static IEnumerable<string> Lines(RoundResult result) =>
        [.. result.Matches.Select(match => $"{match}"), .. result.Unmatched.Select(one => $"{one}"), .. result.Cutoffs.Select(cutoff => $"{cutoff}"), .. result.Closed.Select(one => $"{one}"), $"{result.Proposals}"];

    static string Digest(IEnumerable<string> lines) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
}
