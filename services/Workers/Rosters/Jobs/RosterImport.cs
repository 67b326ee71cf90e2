using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters.Reading;
using LaborBridge.Workers.Rosters.Verdicts;

namespace LaborBridge.Workers.Rosters.Jobs;

/// <summary>
/// Runs a dry run or an import: one task reads and checks rows, one decides and encrypts, one writes; a portion each is on its way between them,
/// so memory does not grow with the file. The rows of a file differ in their IDs (repetitions are caught while reading), so deciding on a portion
/// before the one ahead is committed is safe; what clerks do meanwhile is found out in the transaction and decided again.
/// </summary>
internal sealed class RosterImport(Db<WorkersService> db, UploadVault vault, Sealing sealing, PortionPlanner planner, PortionWriter writer)
{
    private const int MostAttempts = 5;

    /// <summary>Runs to the end, from the last committed line.</summary>
    public async Task Run(Roster roster, string me, CancellationToken stop)
    {
        var caller = new Caller(
            roster.UploadedBy, roster.UploaderName, Kebab.Parse<Role>(roster.UploaderRole), roster.StationId, Employer: null, Stored.Read<List<string>>(roster.Divisions));
        var stores = roster.Phase == RosterWords.Store;
        var content = await vault.Load(roster, roster.FileSize, stop);
        using var halt = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var read = System.Threading.Channels.Channel.CreateBounded<ReadPortion>(2);
        var planned = System.Threading.Channels.Channel.CreateBounded<(ReadPortion Portion, IReadOnlyList<PlannedRow> Plan)>(2);
        await AllOrFirstError(halt,
            Task.Run(() => Feed(read.Writer, Portions(roster, content, caller), halt.Token), halt.Token),
            Task.Run(() => Decide(roster, caller, stores, read.Reader, planned.Writer, halt.Token), halt.Token),
            Task.Run(() => Store(roster, me, caller, stores, planned.Reader, halt.Token), halt.Token));
    }

    private IEnumerable<ReadPortion> Portions(Roster roster, byte[] content, Caller caller)
    {
        var sheet = Kebab.Parse<RosterSheet>(roster.Sheet);
        using var reader = RosterFile.Open(content);
        var header = Header.Find(reader, sheet);
        // The day of the upload: the same rows give the same verdicts whenever the job goes on.
        var context = new RowContext(ChinaTime.Day(roster.UploadedAt), caller);
        foreach (var portion in new PortionReader(sealing, context, sheet).Read(reader, header, roster.LastLine))
        {
            yield return portion;
        }
    }

    private static async Task Feed(ChannelWriter<ReadPortion> output, IEnumerable<ReadPortion> portions, CancellationToken halt)
    {
        foreach (var portion in portions)
        {
            await output.WriteAsync(portion, halt);
        }

        output.Complete();
    }

    private async Task Decide(
        Roster roster, Caller caller, bool stores, ChannelReader<ReadPortion> input, ChannelWriter<(ReadPortion Portion, IReadOnlyList<PlannedRow> Plan)> output, CancellationToken halt)
    {
        await foreach (var portion in input.ReadAllAsync(halt))
        {
            await output.WriteAsync((portion, await planner.Plan(roster.Id, caller, portion, stores, halt)), halt);
        }

        output.Complete();
    }

    private async Task Store(
        Roster roster, string me, Caller caller, bool stores, ChannelReader<(ReadPortion Portion, IReadOnlyList<PlannedRow> Plan)> input, CancellationToken halt)
    {
        var replaces = stores && await db.Read(tx => RosterStore.Rows(tx, roster.Id, "", roster.LastLine, 1), halt) is { Count: > 0 };
        await foreach (var (portion, plan) in input.ReadAllAsync(halt))
        {
            await Store(roster, me, caller, stores, replaces, portion, plan, halt);
        }
    }

    private async Task Store(Roster roster, string me, Caller caller, bool stores, bool replaces, ReadPortion portion, IReadOnlyList<PlannedRow> plan, CancellationToken halt)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await db.Write(tx => writer.Write(tx, roster, me, caller, portion, plan, stores, replaces), repeatable: true, halt, many: true);
                return;
            }
            catch (AlreadyStoredException)
            {
                return;
            }
            catch (Exception error) when (attempt < MostAttempts && (error is RegisterMovedException || db.Dialect.IsDuplicate(error)))
            {
                plan = await planner.Plan(roster.Id, caller, portion, stores, halt);
            }
        }
    }

    // The first error stops the others; they then end by cancellation, which is not the news.
    private static async Task AllOrFirstError(CancellationTokenSource halt, params Task[] tasks)
    {
        var running = tasks.ToList();
        Exception? first = null;
        while (running.Count > 0)
        {
            var ended = await Task.WhenAny(running);
            running.Remove(ended);
            if (!ended.IsCompletedSuccessfully)
            {
                first ??= ended.Exception?.InnerException ?? new OperationCanceledException(halt.Token);
                await halt.CancelAsync();
            }
        }

        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
