using System.Collections.Concurrent;

namespace LaborBridge.Tests.Laboratory;

/// <summary>What came of a script.</summary>
/// <param name="Script">The script.</param>
/// <param name="Faults">Faults that happened, by kind.</param>
/// <param name="Requests">Requests sent.</param>
/// <param name="Repeated">Requests sent again because no answer came.</param>
/// <param name="Writes">Acknowledged writes.</param>
/// <param name="Events">Events in the logs.</param>
/// <param name="Recoveries">After each fault, the time until every process is ready and has applied all that was told when it ended; time in which other faults last is not counted.</param>
/// <param name="Convergence">From the last fault's end until every rule held.</param>
/// <param name="Looked">How often each rule was applied in the last check.</param>
/// <param name="Violations">Rules that did not hold in time.</param>
/// <param name="Answers">What people were answered, and how often.</param>
internal sealed record Outcome(
    Script Script, IReadOnlyDictionary<FaultKind, int> Faults, int Requests, int Repeated, int Writes, long Events, IReadOnlyList<TimeSpan> Recoveries, TimeSpan Convergence,
    IReadOnlyDictionary<string, int> Looked, IReadOnlyList<string> Violations, IReadOnlyList<string> Answers);

/// <summary>Runs a script and checks what is left.</summary>
internal sealed class Run
{
    /// <summary>After the last fault everything is right within this time, without a person.</summary>
    private static readonly TimeSpan ConvergesWithin = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan GivesUpAfter = TimeSpan.FromSeconds(90);

    private readonly Script script;
    private readonly Cluster cluster;
    private readonly Tap tap;
    private readonly Books books;
    private readonly Calm calm;
    private readonly Injector injector;
    private readonly Journal journal = new();
    private readonly ConcurrentQueue<TimeSpan> recoveries = new();
    private readonly ConcurrentQueue<string> broken = new();
    private readonly FairClock fair;
    private TimeSpan lastFault;
    private TimeSpan within;

    private TimeSpan began;

    private Run(Script script, Cluster cluster, Tap tap, FairClock fair)
    {
        (this.script, this.cluster, this.tap, this.fair, books) = (script, cluster, tap, fair, new Books(cluster));
        calm = new Calm(fair);
        injector = new Injector(cluster, books, tap, journal, calm, script.Seed);
    }

    /// <summary>Runs a script from an empty set-up to the end; everything it started is gone afterwards.</summary>
    /// <param name="script">The script.</param>
    /// <param name="keep">Folder for the processes' output when a rule was violated.</param>
    /// <param name="within">Gives up after this time; 30 s when absent.</param>
    public static async Task<Outcome> Of(Script script, string? keep = null, TimeSpan? within = null)
    {
        using var fair = new FairClock();
        await using var cluster = await Cluster.Start(script.Setup);
        await using var tap = new Tap(cluster.Broker);
        await tap.Ready.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var outcome = await new Run(script, cluster, tap, fair) { within = within ?? ConvergesWithin }.ToTheEnd();
        if (outcome.Violations.Count > 0 && keep is not null)
        {
            await cluster.Keep(Path.Combine(keep, $"seed-{script.Seed}"));
        }

        return outcome;
    }

    private async Task<Outcome> ToTheEnd()
    {
        await People.SignUp(cluster, journal);
        began = fair.Elapsed;
        using var patience = new CancellationTokenSource();
        var people = new People(cluster, script, journal, new World()).Act(() => fair.Elapsed - began, patience.Token);
        var watching = new ConcurrentQueue<Task>();
        await Task.WhenAll(script.Faults.Select(async fault =>
        {
            var early = fault.At - (fair.Elapsed - began);
            await Task.Delay(early > TimeSpan.Zero ? early : TimeSpan.Zero);
            try
            {
                await injector.Inject(fault);
            }
            catch (Exception error) when (error is TimeoutException or InvalidOperationException or IOException or System.Data.Common.DbException)
            {
                broken.Enqueue($"{fault}: {error.Message} {error.InnerException?.Message}");
            }

            lock (recoveries)
            {
                lastFault = fair.Elapsed > lastFault ? fair.Elapsed : lastFault;
            }

            watching.Enqueue(Recovery(calm.Elapsed));
        }));

        // Without a fault the end of the script is where the time begins.
        lastFault = lastFault > began + script.Length ? lastFault : began + script.Length;
        var waiting = Task.Run(async () =>
        {
            while (!people.IsCompleted && fair.Elapsed - lastFault < within)
            {
                await Task.Delay(Look);
            }

            await patience.CancelAsync();
        });
        await Task.WhenAll(people, waiting);
        var findings = await Converge();
        var converged = fair.Elapsed > lastFault ? fair.Elapsed - lastFault : TimeSpan.Zero;
        await Task.WhenAll(watching);
        return new Outcome(
            script,
            injector.Done.GroupBy(done => done.Kind).ToDictionary(group => group.Key, group => group.Count()),
            journal.Requests,
            journal.Repeated,
            journal.All.Count(sent => sent.Acknowledged),
            (await books.Heads()).Values.Sum(),
            [.. recoveries],
            converged,
            findings.Looked,
            [.. broken.Select(words => $"a fault is made and ended: {words}"), .. findings.All],
            [.. journal.Summary()]);
    }

    /// <summary>Applies every rule again and again until all hold or the time is over.</summary>
    private async Task<Findings> Converge()
    {
        while (true)
        {
            Findings findings;
            try
            {
                findings = await Check();
            }
            catch (Exception error) when (error is System.Data.Common.DbException or InvalidOperationException)
            {
                findings = new Findings();
                findings.That("the databases can be read", holds: false, () => error.ToString());
            }

            if (findings.All.Count == 0 || fair.Elapsed - lastFault > within)
            {
                return findings;
            }

            await Task.Delay(Look);
        }
    }

    private async Task<Findings> Check()
    {
        var findings = new Findings();
        await StreamRules.Check(findings, books, tap);
        await CopyRules.Check(findings, books);
        await MarketRules.Check(findings, books);
        await AnswerRules.Check(findings, books, journal);
        if (findings.All.Count == 0)
        {
            await IndicatorRules.Check(findings, cluster, books, journal);
        }

        return findings;
    }

    private async Task Recovery(TimeSpan since)
    {
        IReadOnlyDictionary<string, long>? heads = null;
        while (calm.Elapsed - since < GivesUpAfter)
        {
            try
            {
                heads ??= await books.Heads();
                if (await books.HaveReached(heads) && await cluster.IsReady())
                {
                    break;
                }
            }
            catch (System.Data.Common.DbException)
            {
                // The next fault has its turn already.
                await Task.Delay(Look);
            }

            await Task.Delay(Look);
        }

        recoveries.Enqueue(calm.Elapsed - since);
    }
}
