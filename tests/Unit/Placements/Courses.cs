using LaborBridge.Placements;
using LaborBridge.Placements.Ledger;

namespace LaborBridge.Tests.Unit.Placements;

/// <summary>Placements to begin with.</summary>
internal static class Courses
{
    public static readonly Guid Worker = Guid.Parse("01900000-0000-7000-8000-000000000001");
    public static readonly Guid Id = Guid.Parse("01900000-0000-7000-8000-000000000002");

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");

    public static LedgerEntry Hired(string day, Source source = Source.Platform) => new()
    {
        Kind = EntryKind.Opened,
        On = Day(day),
        Worker = Worker,
        Placement = Id,
        Source = source,
        Workplace = "350205",
        Channel = "station",
    };

    public static LedgerEntry Step(EntryKind kind, string day) => new() { Kind = kind, On = Day(day), Worker = Worker, Placement = Id };

    /// <summary>The placement after steps that must all be admitted.</summary>
    public static Placement After(params LedgerEntry[] entries)
    {
        var placement = Placement.Open(entries[0]);
        foreach (var entry in entries[1..])
        {
            var decision = placement.Take(entry, nearHome: false);
            Xunit.Assert.Null(decision.Refusal);
            placement = decision.After!;
        }

        return placement;
    }

    public static Placement OnPost(string firstDay = "2026-03-05") =>
        After(Hired("2026-03-01"), Step(EntryKind.Departed, "2026-03-02"), Step(EntryKind.Arrived, "2026-03-04"), Step(EntryKind.Started, firstDay));
}
