using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Transfers;

/// <summary>A request as answered. The side that asks sees no more of the worker than it said itself, until the worker is in its sight.</summary>
internal sealed record TransferView(
    Guid Id, long Version, string State, string Name, Guid? WorkerId, string From, string To, string Reason, string RequestedBy, DateTimeOffset RequestedAt, string? Refusal,
    string? DecidedBy, DateTimeOffset? DecidedAt, bool MayDecide, bool MayWithdraw)
{
    public static TransferView Of(Caller caller, TransferRow row, WorkerRow worker, Person? person) => new(
        row.Id, row.Version, row.State, person?.MaskedName ?? "", Sight.Sees(caller, worker) ? worker.Id : null, County(row.FromDivision), row.ToDivision, row.Reason,
        row.RequesterName, row.RequestedAt, row.Refusal, row.DecidedBy, row.DecidedAt,
        MayDecide: row.State == TransferRow.Open && caller.Covers(worker.HomeDivision), MayWithdraw: row.State == TransferRow.Open && MayWithdrawIt(caller, row));

    /// <summary>The side that asked may take the request back.</summary>
    public static bool MayWithdrawIt(Caller caller, TransferRow row) => caller.Role == Role.Station && caller.Covers(row.ToDivision);

    // The town where somebody lives is not told to who only asks.
    private static string County(string division) => division.Length <= 6 ? division : division[..6];
}
