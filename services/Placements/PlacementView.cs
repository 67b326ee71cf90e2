using System.Numerics;
using LaborBridge.Domain;
using LaborBridge.Placements.Ledger;

namespace LaborBridge.Placements;

/// <summary>A placement as the HTTP contract shows it: ids, codes and terms; names of people are the Workers service's to tell.</summary>
internal sealed record PlacementView(
    Guid Id, long Version, Guid WorkerId, Source Source, PlacementState State, PlacementView.Firm? Employer, Guid? Posting, string Trade, PlacementView.Place Workplace,
    string? Home, string Channel, PlacementView.Terms? Contract, DateOnly OpenedOn, DateOnly? FirstDay, DateOnly? LastDay, DateOnly? LeaveUntil, string? Reason,
    decimal? MonthlyPay, Guid? TripId, bool NearHome, IReadOnlyList<int> EvidencedMonths, IReadOnlyList<EntryKind> NextSteps)
{
    internal sealed record Firm(Guid? Id, string? Name);

    internal sealed record Place(string Division, string? Name, string? Text);

    internal sealed record Terms(string? Form, DateOnly? Ends);

    public static PlacementView Of(PlacementRow row)
    {
        var placement = row.ToPlacement();
        return new PlacementView(
            row.Id, row.Version, row.WorkerId, placement.Source, placement.State,
            row.EmployerId is null && row.EmployerName is null ? null : new Firm(row.EmployerId, row.EmployerName),
            row.PostingId, row.Trade,
            new Place(row.WorkplaceDivision, DivisionCode.TryParse(row.WorkplaceDivision, out var code) ? Divisions.FullName(code) : null, row.WorkplaceText),
            row.HomeDivision, row.Channel, row.ContractForm is null ? null : new Terms(row.ContractForm, row.ContractEnds),
            row.OpenedOn, row.FirstDay, row.LastDay, row.LeaveUntil, row.Reason, row.MonthlyPayFen is { } fen ? new Money(fen).ToYuan() : null,
            row.TripId, row.NearHome, Months(row.Evidenced), PlacementSteps.Admitted(placement, row.NearHome));
    }

    public static IReadOnlyList<int> Months(long evidenced) =>
        evidenced == 0 ? [] : [.. Enumerable.Range(1, BitOperations.Log2((ulong)evidenced) + 1).Where(month => (evidenced & (1L << (month - 1))) != 0)];
}

/// <summary>One entry of a placement's history. <c>holds</c> is false once a correction took it back.</summary>
internal sealed record HistoryEntry(
    long Position, EntryKind Kind, DateOnly On, DateTimeOffset Known, string? Recorder, bool Holds, long? Of, string? Reason, string? Form, int? Months, decimal? MonthlyPay,
    Guid? TripId, bool? Alone, DateOnly? Until, int? Month, int? Through, string? Evidence)
{
    public static IReadOnlyList<HistoryEntry> All(IReadOnlyList<LedgerEntry> entries)
    {
        var live = PlacementHistory.Live(entries).Select(entry => entry.Position).ToHashSet();
        return [.. entries.Select(entry => new HistoryEntry(
            entry.Position, entry.Kind, entry.On, entry.KnownAt, entry.Recorder, entry.Kind == EntryKind.Correction || live.Contains(entry.Position), entry.Of, entry.Reason,
            entry.Form, entry.Months, entry.PayFen is { } fen ? new Money(fen).ToYuan() : null, entry.Trip, entry.Alone, entry.Until, entry.Month, entry.Through, entry.Evidence))];
    }
}
