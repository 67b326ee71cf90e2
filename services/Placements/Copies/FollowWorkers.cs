using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.Placements.Ledger;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Copies;

/// <summary>Keeps the copy of workers and the spells that rosters report. What indicators need of a worker goes into the ledger with the day since when it holds.</summary>
internal static class FollowWorkers
{
    public static Subscription Subscription(TimeProvider time) =>
        new Subscription(Catalogs.Of(WorkerEvents.Contract))
            .On<WorkerRecorded>((tx, e, context) => Apply(tx, e, context, time))
            .On<WorkerErased>((tx, e, _) => Apply(tx, e))
            .On<SelfFoundSpellReported>((tx, e, context) => context.Again ? Task.CompletedTask : FollowRosters.Apply(tx, e, time))
            .On<SelfFoundSpellWithdrawn>((tx, e, context) => context.Again ? Task.CompletedTask : FollowRosters.Apply(tx, e, time))
            .On<TrainingFinished>((tx, e, _) => Apply(tx, e, time))
            .On<WorkerMerged>((tx, e, context) => Apply(tx, e.WorkerId, e.Into, context, time))
            .On<WorkerSeparated>((tx, e, context) => Apply(tx, e.WorkerId, into: null, context, time))
            .Ignore<WorkerWilling>()
            .Ignore<WorkerNotWilling>()
            .Ignore<ConsentGiven>()
            .Ignore<ConsentWithdrawn>()
            .OnRebuild(WorkerCopy.ForgetAll);

    internal static async Task Apply(Tx tx, WorkerRecorded e, EventContext context, TimeProvider time)
    {
        var before = await WorkerCopy.Lock(tx, e.WorkerId);
        IReadOnlyList<LedgerStatus> statuses = [.. e.HouseholdStatuses.Select(status => new LedgerStatus(status.Code, status.From, status.To))];
        var after = new WorkerCopy
        {
            Id = e.WorkerId,
            Recorded = true,
            Erased = before.Erased,
            HomeDivision = e.HomeDivision,
            Station = e.Station,
            Sex = e.Sex,
            BirthYear = e.BirthYear,
            Statuses = WorkerCopy.ToText(statuses),
        };
        await WorkerCopy.Save(tx, after);
        if (context.Again || (before.HomeDivision == after.HomeDivision && before.Sex == after.Sex && before.BirthYear == after.BirthYear && before.Statuses == after.Statuses))
            return;
        tx.Record(time, new LedgerEntry
        {
            Kind = EntryKind.Worker,
            On = ChinaTime.Today(time),
            Worker = e.WorkerId,
            Home = e.HomeDivision,
            Sex = e.Sex,
            BirthYear = e.BirthYear,
            Statuses = statuses.Count == 0 ? null : statuses,
        });
    }

    /// <summary>The person is gone, the pseudonymous id stays in statistics; nobody is to be followed up any more.</summary>
    internal static async Task Apply(Tx tx, WorkerErased e)
    {
        var before = await WorkerCopy.Lock(tx, e.WorkerId);
        await WorkerCopy.Save(tx, new WorkerCopy
        {
            Id = before.Id,
            Recorded = before.Recorded,
            Erased = true,
            HomeDivision = before.HomeDivision,
            Sex = before.Sex,
            BirthYear = before.BirthYear,
            Statuses = before.Statuses,
        });
    }

    internal static async Task Apply(Tx tx, TrainingFinished e, TimeProvider time)
    {
        await WorkerCopy.Lock(tx, e.WorkerId);
        if (await tx.Execute(InsertTraining, new { Id = e.TrainingId }) == 0)
            return;
        tx.Record(time, new LedgerEntry { Kind = EntryKind.Training, On = e.On, Worker = e.WorkerId, Training = e.TrainingId, Trade = e.Trade });
    }

    /// <summary>Spells stay under the id that they were recorded with; from here on the ledger counts both ids as one person, or as two again.</summary>
    internal static async Task Apply(Tx tx, Guid worker, Guid? into, EventContext context, TimeProvider time)
    {
        await WorkerCopy.Lock(tx, worker);
        await tx.Execute(SetMergedInto, new { Id = worker, Into = into });
        if (!context.Again)
            tx.Record(time, new LedgerEntry { Kind = into is null ? EntryKind.Separated : EntryKind.Merged, On = ChinaTime.Today(time), Worker = worker, Into = into });
    }

    static readonly Sql SetMergedInto = Sql.Text("UPDATE worker SET merged_into = @Into WHERE id = @Id");

    static readonly Sql InsertTraining = Sql.InsertOrIgnore("training", "id");
}
