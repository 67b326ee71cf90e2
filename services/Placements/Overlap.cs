using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements;

/// <summary>At most one running placement a worker, and spells do not overlap by day.</summary>
internal static class Overlap
{
    /// <summary>409 where a new spell from <paramref name="first"/> would stand beside another placement of the worker.</summary>
    public static Problem? Find(IEnumerable<PlacementRow> placements, DateOnly first, DateOnly? last)
    {
        foreach (var other in placements.Where(other => other.State != "left" || other.Reason != "withdrawn"))
        {
            if (other.Running && (last is null || other.FirstDay is not { } begun || begun <= last))
                return Refuse(other);
            if (Clash(other, first, last) is { } clash)
                return clash;
        }

        return null;
    }

    /// <summary>409 where the spell of a hired person, begun on <paramref name="first"/>, shares a day with another spell.</summary>
    public static Problem? OnStart(IEnumerable<PlacementRow> placements, Guid self, DateOnly first) =>
        placements.Where(other => other.Id != self).Select(other => Clash(other, first, last: null)).FirstOrDefault(clash => clash is not null);

    static Problem? Clash(PlacementRow other, DateOnly first, DateOnly? last) =>
        other.ToPlacement().Spell is { } spell && spell.Overlaps(Period.Inclusive(first, last)) ? Refuse(other) : null;

    static Problem Refuse(PlacementRow other) => Problem.Conflict("spell-overlap", other.Running
        ? new Text($"该人员还有一段未结束的就业（自 {other.FirstDay ?? other.OpenedOn:yyyy-MM-dd} 起），请先登记那一段的“离岗”。",
            $"The person has a placement that still runs (since {other.FirstDay ?? other.OpenedOn:yyyy-MM-dd}). Record its “left” first.")
        : new Text($"与另一段就业（{other.FirstDay:yyyy-MM-dd} 至 {other.LastDay:yyyy-MM-dd}）的日期重叠，请核对上岗日期。",
            $"It overlaps another spell ({other.FirstDay:yyyy-MM-dd} to {other.LastDay:yyyy-MM-dd}). Check the first day.")).With("placementId", other.Id);
}
