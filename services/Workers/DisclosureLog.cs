using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>
/// Firms that read names and phones of those who consented to it stand in the access log like everybody who sees them in clear: before they
/// get the answer, once a day for each account and worker.
/// </summary>
internal sealed class DisclosureLog(Db<WorkersService> db, TimeProvider time)
{
    public async Task Note(Tx read, Caller firm, IReadOnlyCollection<DisclosedWorker> shown)
    {
        var now = time.GetUtcNow();
        var purpose = $"disclosure by consent to firm {firm.Employer:D}";
        var ids = shown.Select(worker => worker.Id).ToList();
        var fresh = ids.Except(ids.Count == 0 ? [] : await AccessLog.Seen(read, ids, firm, purpose, ChinaTime.Start(ChinaTime.Day(now)))).ToList();
        if (fresh.Count > 0)
        {
            await db.Write(tx => AccessLog.Append(tx, fresh, firm, purpose, now), repeatable: true);
        }
    }
}
