using LaborBridge.Contracts;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>The households of one transaction's workers: read once, decided in memory, written once.</summary>
internal sealed class HouseholdBook
{
    private readonly Dictionary<string, HouseholdRow> rows;
    private readonly Dictionary<string, IReadOnlyList<DatedStatus>> statuses;
    private readonly HashSet<string> added = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private readonly DateOnly today;

    private HouseholdBook(Dictionary<string, HouseholdRow> rows, DateOnly today)
    {
        this.rows = rows;
        this.today = today;
        statuses = rows.ToDictionary(row => row.Key, row => WorkerStore.Of(row.Value), StringComparer.Ordinal);
    }

    /// <summary>The numbers of households that existed before and have other statuses now.</summary>
    public IReadOnlyCollection<string> Changed => changed;

    public static async Task<HouseholdBook> Load(Tx tx, IReadOnlyList<PreparedWorker> workers, TimeProvider time)
    {
        var numbers = workers.Select(worker => worker.Row.HouseholdNumber).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var hold = workers.Any(worker => worker.Facts.HouseholdStatuses is not null || worker.Facts.SeenStatus is not null);
        return new HouseholdBook(await WorkerStore.Households(tx, numbers, hold), ChinaTime.Today(time));
    }

    public IReadOnlyList<DatedStatus> Statuses(string? number) => number is null ? [] : statuses.GetValueOrDefault(number) ?? [];

    /// <summary>Takes up what a worker's facts say of the household. False when they would change one outside the caller's divisions.</summary>
    public bool Note(Caller caller, PreparedWorker worker)
    {
        if (worker.Row.HouseholdNumber is not { } number)
        {
            return true;
        }

        var before = Statuses(number);
        var after = worker.Facts.HouseholdStatuses ?? before;
        after = worker.Facts.SeenStatus is { } seen ? Household.Observed(after, seen.Code, seen.On) : after;
        var known = rows.TryGetValue(number, out var row);
        if (known && after.SequenceEqual(before))
        {
            return true;
        }

        if (known && !caller.Covers(row!.Division))
        {
            return false;
        }

        (known && !added.Contains(number) ? changed : added).Add(number);
        statuses[number] = after;
        rows[number] = new HouseholdRow
        {
            HouseholdNumber = number, Division = row?.Division ?? worker.Row.HomeDivision, CurrentStatus = Household.Current(after, today),
            Statuses = Stored.Write(Household.Sourced(after, row is null ? [] : WorkerStore.SourcesOf(row), new StatusSource(
                worker.Facts.SeenStatus is null ? StatusSource.Station : StatusSource.MonitoringSystem, worker.Actor, today))),
        };
        return true;
    }

    public async Task Save(Tx tx)
    {
        // A household without statuses may be added by two clerks at once; one that was given some is the last word.
        await WorkerStore.InsertHouseholds(tx, [.. added.Where(number => statuses[number].Count == 0).Select(number => rows[number])]);
        await WorkerStore.SaveHouseholds(tx, [.. added.Where(number => statuses[number].Count > 0).Concat(changed).Select(number => rows[number])]);
    }
}
