using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>
/// Firms that read names and phones of those who consented to it stand in the access log like everybody who sees them in clear: before they
/// get the answer, once a day for each account and worker.
/// </summary>
internal sealed class DisclosureLog(Db<WorkersService> db, TimeProvider time)
{
    public Task Note(Tx read, Caller firm, IReadOnlyCollection<DisclosedWorker> shown) =>
        Note(read, firm, [.. shown.Select(worker => worker.Id)], $"disclosure by consent to firm {firm.Employer:D}");

    /// <summary>The same for others who are about to be shown these workers for a purpose.</summary>
    public async Task Note(Tx read, Caller caller, IReadOnlyList<Guid> workers, string purpose)
    {
        var now = time.GetUtcNow();
        var fresh = workers.Except(workers.Count == 0 ? [] : await AccessLog.Seen(read, workers, caller, purpose, ChinaTime.Start(ChinaTime.Day(now)))).ToList();
        if (fresh.Count > 0)
        {
            await db.Write(tx => AccessLog.Append(tx, fresh, caller, purpose, now), repeatable: true);
        }
    }
}
