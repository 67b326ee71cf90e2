using System.Security.Cryptography;
using System.Text;

namespace LaborBridge.Workers.Rosters.Verdicts;

/// <summary>A spell of work as last reported from a roster.</summary>
internal sealed record SpellRow
{
    public required Guid SpellId { get; init; }
    public required Guid WorkerId { get; init; }
    public required int Year { get; init; }
    public required string WorkplaceDivision { get; init; }
    public string? WorkplaceText { get; init; }
    public string? EmployerName { get; init; }
    public string? Industry { get; init; }
    public required string Channel { get; init; }
    public required DateOnly StartedOn { get; init; }
    public required int Months { get; init; }
    public DateOnly? EndedOn { get; init; }
    public required Guid RosterId { get; init; }
}

/// <summary>A spell to be reported, and what was reported of it before.</summary>
internal sealed record SpellChange(SpellRow After, SpellRow? Before);

/// <summary>
/// The rules about self-found spells at month grain. A spell is the same when worker, year and workplace are the same: so an import that is repeated
/// changes nothing, even in a later month, and one with more months corrects it.
/// </summary>
internal static class Spells
{
    /// <summary>What a row's work changes; null when it contradicts a spell that is known.</summary>
    public static IReadOnlyList<SpellChange>? Changes(Guid worker, WorkSeen work, IReadOnlyList<SpellRow> known, Guid roster)
    {
        var spell = new SpellRow
        {
            SpellId = IdOf(worker, work), WorkerId = worker, Year = work.Year, WorkplaceDivision = work.Workplace.ToString(), WorkplaceText = work.WorkplaceText,
            EmployerName = work.Employer, Industry = work.Industry, Channel = work.Channel, StartedOn = work.StartedOn, Months = work.Months, EndedOn = work.EndedOn, RosterId = roster,
        };
        var before = known.FirstOrDefault(other => other.SpellId == spell.SpellId);
        if (before is not null && SaysTheSame(before, spell))
        {
            return [];
        }

        var changes = new List<SpellChange> { new(spell, before) };
        foreach (var other in known.Where(other => other.SpellId != spell.SpellId && Overlap(other, spell)))
        {
            if (other.EndedOn is not null || other.StartedOn >= spell.StartedOn)
            {
                return null;
            }

            // The work that was running ended when this one began.
            var end = spell.StartedOn.AddDays(-1);
            changes.Add(new SpellChange(other with { EndedOn = end, Months = MonthsBetween(other.StartedOn, end), RosterId = roster }, other));
        }

        return changes;
    }

    /// <summary>The spell's id, the same for the same worker, year and workplace, whoever imports it and when.</summary>
    public static Guid IdOf(Guid worker, WorkSeen work)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"spell\n{worker:D}\n{work.Year}\n{work.Workplace}"), hash);
        // Version 8 (own making), variant of RFC 9562.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    private static bool SaysTheSame(SpellRow a, SpellRow b) =>
        (a.Months, a.Channel, a.EmployerName, a.Industry, a.WorkplaceText) == (b.Months, b.Channel, b.EmployerName, b.Industry, b.WorkplaceText);

    private static bool Overlap(SpellRow a, SpellRow b) => (b.EndedOn is null || a.StartedOn <= b.EndedOn) && (a.EndedOn is null || b.StartedOn <= a.EndedOn);

    private static int MonthsBetween(DateOnly first, DateOnly last) => ((last.Year - first.Year) * 12) + last.Month - first.Month + 1;
}
