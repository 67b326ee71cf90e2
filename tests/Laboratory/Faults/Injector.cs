using System.Collections.Concurrent;
using LaborBridge.Tests.Fixtures;

namespace LaborBridge.Tests.Laboratory;

/// <summary>Makes faults happen, and ends them. Two faults of one thing come one after the other.</summary>
internal sealed class Injector(Cluster cluster, Books books, Tap tap, Journal journal, Calm calm, int seed)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = new();
    private readonly ConcurrentQueue<(FaultKind Kind, string Note)> done = new();

    /// <summary>Faults that happened.</summary>
    public IReadOnlyCollection<(FaultKind Kind, string Note)> Done => done;

    /// <summary>Makes one happen and ends it.</summary>
    public async Task Inject(Fault fault)
    {
        var turn = turns.GetOrAdd(Turn(fault), _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync();
        calm.Begin();
        try
        {
            await Make(fault);
            done.Enqueue((fault.Kind, fault.Target));
        }
        finally
        {
            calm.End();
            turn.Release();
        }
    }

    private static string Turn(Fault fault) => fault.Kind switch
    {
        FaultKind.KillBroker or FaultKind.TerminateBroker or FaultKind.FreezeBroker or FaultKind.WipeBroker => "broker",
        FaultKind.KillDatabase or FaultKind.TerminateDatabase => "database",
        FaultKind.CutLink or FaultKind.DelayLink or FaultKind.HalfOpenLink or FaultKind.DeafLink or FaultKind.MuteLink => $"link of {fault.Target} {fault.Replica}",
        FaultKind.KillService or FaultKind.TerminateService or FaultKind.FreezeService or FaultKind.NewerContract or FaultKind.RestoreBackup => $"{fault.Target} {fault.Replica}",
        FaultKind.RepeatDeliveries or FaultKind.LoseDeliveries => "deliveries",
        FaultKind.BusyFile or FaultKind.FullDisk => $"file of {fault.Target}",
        FaultKind.StepClock => $"clock of {fault.Target}",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private Task Make(Fault fault) => fault.Kind switch
    {
        FaultKind.KillService => Down(cluster.Node(fault.Target, fault.Replica), kill: true, fault.Lasts),
        FaultKind.TerminateService => Down(cluster.Node(fault.Target, fault.Replica), kill: false, fault.Lasts),
        FaultKind.FreezeService => Freeze(cluster.Node(fault.Target, fault.Replica), fault.Lasts),
        FaultKind.KillBroker => Broker(cluster.Broker.Kill, fault.Lasts, wipe: false),
        FaultKind.TerminateBroker => Broker(cluster.Broker.Stop, fault.Lasts, wipe: false),
        FaultKind.WipeBroker => Broker(cluster.Broker.Kill, fault.Lasts, wipe: true),
        FaultKind.FreezeBroker => FreezeBroker(fault.Lasts),
        FaultKind.KillDatabase => Database(cluster.Server!.Kill, fault.Lasts),
        FaultKind.TerminateDatabase => Database(cluster.Server!.Stop, fault.Lasts),
        FaultKind.CutLink => Link(fault, link => link.Cut()),
        FaultKind.DelayLink => Link(fault, link => link.Delay = TimeSpan.FromMilliseconds(fault.Size)),
        FaultKind.HalfOpenLink => Link(fault, link => (link.HoldsRequests, link.HoldsAnswers) = (true, true)),
        FaultKind.MuteLink => Link(fault, link => link.HoldsRequests = true),
        FaultKind.DeafLink => Link(fault, link => link.HoldsAnswers = true),
        FaultKind.RepeatDeliveries => Deliveries(() => tap.Repeat(fault.Target, new Random(seed + fault.Size))),
        FaultKind.LoseDeliveries => Deliveries(() => tap.Purge(fault.Target)),
        FaultKind.BusyFile => Busy(fault),
        FaultKind.FullDisk => Full(fault.Lasts),
        FaultKind.StepClock => Step(fault),
        FaultKind.NewerContract => Newer(fault),
        FaultKind.RestoreBackup => Restore(fault),
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private static async Task Down(Node node, bool kill, TimeSpan lasts)
    {
        await node.Stop(kill);
        await Task.Delay(lasts);
        node.Release();
    }

    private static async Task Freeze(Node node, TimeSpan lasts)
    {
        node.Process.Freeze();
        await Task.Delay(lasts);
        node.Process.Thaw();
    }

    private async Task FreezeBroker(TimeSpan lasts)
    {
        cluster.Broker.Freeze();
        await Task.Delay(lasts);
        cluster.Broker.Thaw();
    }

    private async Task Broker(Func<Task> end, TimeSpan lasts, bool wipe)
    {
        await end();
        if (wipe)
        {
            tap.IsComplete = false;
            cluster.Broker.Wipe();
        }

        await Task.Delay(lasts);
        // On a machine that others use as well it may take more than one attempt.
        await Wait.Until(
            async () =>
            {
                try
                {
                    await cluster.Broker.Start();
                    return true;
                }
                catch (TimeoutException)
                {
                    await cluster.Broker.Kill();
                    throw;
                }
            },
            "the broker starts again",
            TimeSpan.FromSeconds(180));
    }

    private async Task Database(Func<Task> end, TimeSpan lasts)
    {
        await end();
        await Task.Delay(lasts);
        // Its children may still hold the shared memory for a moment.
        await Wait.Until(async () => { await cluster.Server!.Start(); return true; }, "the database server starts again", TimeSpan.FromSeconds(60));
    }

    private async Task Link(Fault fault, Action<Proxy> spoil)
    {
        var link = cluster.Node(fault.Target, fault.Replica).Link!;
        spoil(link);
        await Task.Delay(fault.Lasts);
        link.Mend();
    }

    // The broker may be away just now: then nothing is delivered twice, and nothing lost.
    private static Task Deliveries(Func<Task> spoil) => Wait.Until(async () => { await spoil(); return true; }, "the laboratory reaches the queue", TimeSpan.FromMinutes(5));

    /// <summary>Somebody else holds the file's write lock.</summary>
    private async Task Busy(Fault fault)
    {
        await using var connection = books.Open(fault.Target);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.CommandTimeout = 30;
        await command.ExecuteNonQueryAsync();
        await Task.Delay(fault.Lasts);
        command.CommandText = "ROLLBACK";
        await command.ExecuteNonQueryAsync();
    }

    private async Task Full(TimeSpan lasts)
    {
        cluster.Disk!.Fill();
        await Task.Delay(lasts);
        cluster.Disk.Free();
    }

    private async Task Step(Fault fault)
    {
        cluster.Clocks.Step(fault.Target, TimeSpan.FromSeconds(fault.Size));
        await Task.Delay(fault.Lasts);
        cluster.Clocks.Step(fault.Target, TimeSpan.Zero);
    }

    /// <summary>A service's file is lost, and the backup of some time ago put in its place as the operator's manual says.</summary>
    private async Task Restore(Fault fault)
    {
        // Nobody else spoils the file meanwhile.
        var turn = turns.GetOrAdd($"file of {fault.Target}", _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync();
        var node = cluster.Node(fault.Target, 0);
        var file = cluster.FileOf(fault.Target);
        var begun = TimeProvider.System.GetTimestamp();
        await books.Read(fault.Target, $"VACUUM INTO '{file}.backup'");
        await Task.Delay(fault.Lasts);
        await node.Stop(kill: true);
        journal.PutBack(fault.Target, begun);
        tap.IsComplete = false;
        foreach (var end in new[] { "", "-wal", "-shm" })
        {
            File.Delete(file + end);
        }

        File.Move(file + ".backup", file);
        await cluster.Restored(node);
        node.Release();
        turn.Release();
    }

    /// <summary>A rolling restart with a contract that has one more event and one more property.</summary>
    private async Task Newer(Fault fault)
    {
        foreach (var node in cluster.Replicas(fault.Target))
        {
            node.Newer = true;
            await Down(node, kill: false, TimeSpan.Zero);
            await Wait.Until(node.IsReady, $"{node.Service} is ready again", TimeSpan.FromSeconds(60));
        }
    }
}
