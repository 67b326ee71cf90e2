using LaborBridge.Placements.Ledger;

namespace LaborBridge.Placements.Indicators;

/// <summary>Facts and the spells folded from them: the present ones kept up to date entry by entry, earlier ones folded anew when somebody asks and kept for a while.</summary>
internal sealed class SpellBook
{
    const int SnapshotsKept = 4;

    readonly LinkedList<Snapshot> earlier = new();
    readonly List<Spell?> spells = [];
    readonly List<int> course = [];

    public Facts Facts { get; } = new();

    /// <summary>Adds the entries that come next and folds again what they touch. Nobody may read meanwhile.</summary>
    public void Add(IReadOnlyList<LedgerEntry> entries)
    {
        var touched = new HashSet<int>();
        foreach (var entry in entries)
        {
            var (placement, worker) = Facts.Add(entry);
            if (placement >= 0)
                touched.Add(placement);
            if (worker >= 0)
                touched.UnionWith(Facts.PlacementsOf(worker));
        }

        while (spells.Count < Facts.Placements)
            spells.Add(null);
        foreach (var placement in touched)
            spells[placement] = Spell.Fold(Facts, placement, Facts.Count, course);
    }

    /// <summary>What is known by the first entries.</summary>
    public Snapshot At(int position) => position == Facts.Count ? new Snapshot(Facts, spells, position) : Earlier(position);

    Snapshot Earlier(int position)
    {
        lock (earlier)
        {
            for (var node = earlier.First; node is not null; node = node.Next)
            {
                if (node.Value.Position != position)
                    continue;
                earlier.Remove(node);
                earlier.AddFirst(node);
                return node.Value;
            }

            var working = new List<int>();
            var folded = Enumerable.Range(0, Facts.Placements).Select(placement => Spell.Fold(Facts, placement, position, working)).ToList();
            var snapshot = new Snapshot(Facts, folded, position);
            earlier.AddFirst(snapshot);
            if (earlier.Count > SnapshotsKept)
                earlier.RemoveLast();
            return snapshot;
        }
    }
}

/// <summary>What is known at one position of the ledger.</summary>
/// <param name="Facts">The facts; only the first <paramref name="Position"/> count.</param>
/// <param name="Spells">By number of the placement; null where nothing is known of it yet, or its opening was taken back.</param>
/// <param name="Position">How many entries are known.</param>
internal sealed record Snapshot(Facts Facts, IReadOnlyList<Spell?> Spells, int Position)
{
    /// <summary>Since when the last of them is known; null for the empty ledger.</summary>
    public DateTimeOffset? Known => Position == 0 ? null : Instant.Of(Facts[Position - 1].Known);
}
