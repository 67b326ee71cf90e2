using LaborBridge.Placements.Ledger;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements;

/// <summary>The course of one placement from its ledger entries. A correction takes an entry back; what is recorded in its stead takes its place in the order.</summary>
internal static class PlacementHistory
{
    /// <summary>The entries that hold, in the order of the course.</summary>
    public static IReadOnlyList<LedgerEntry> Live(IReadOnlyList<LedgerEntry> entries)
    {
        if (!entries.Any(entry => entry.Of is not null))
            return entries;
        var takenBack = entries.Where(entry => entry is { Kind: EntryKind.Correction, Of: not null }).Select(entry => entry.Of!.Value).ToHashSet();
        var ranks = new Dictionary<long, long>();
        foreach (var entry in entries)
            ranks[entry.Position] = entry is { Of: { } of, Kind: not EntryKind.Correction } ? ranks.GetValueOrDefault(of, entry.Position) : entry.Position;
        return [.. entries.Where(entry => entry.Kind != EntryKind.Correction && !takenBack.Contains(entry.Position)).OrderBy(entry => ranks[entry.Position]).ThenBy(entry => entry.Position)];
    }

    /// <summary>Where the placement stands; null when its opening was taken back.</summary>
    public static Placement? Fold(IReadOnlyList<LedgerEntry> entries)
    {
        var live = Live(entries);
        var opening = live.FirstOrDefault(entry => entry.Kind == EntryKind.Opened);
        return opening is null
            ? null
            : live.Where(entry => entry.Kind != EntryKind.Opened).Aggregate(Placement.Open(opening), (placement, entry) => placement.After(entry));
    }

    /// <summary>Goes through the course again from the hire: a correction must leave one in which every step may follow the one before.</summary>
    public static Decision Recheck(IReadOnlyList<LedgerEntry> entries, bool nearHome)
    {
        var live = Live(entries);
        var placement = Placement.Open(live.First(entry => entry.Kind == EntryKind.Opened));
        foreach (var entry in live.Where(entry => entry.Kind != EntryKind.Opened))
        {
            var decision = placement.Take(entry, nearHome);
            if (decision.Refusal is { } refusal)
                return refusal with
                {
                    Detail = new Text($"更正后，{entry.On:yyyy-MM-dd} 的后续步骤将不成立：{refusal.Detail.Zh}", $"After this correction the step of {entry.On:yyyy-MM-dd} would not stand: {refusal.Detail.En}"),
                };
            placement = decision.After!;
        }

        return placement;
    }
}
