using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal;

/// <summary>A part of a roster's rows.</summary>
internal sealed record RosterRows(Guid Roster, string Verdict, ListOf<RosterRow> Rows)
{
    public static readonly string[] Verdicts = ["", "new", "updated", "unchanged", "duplicate", "non-labour", "error", "warning"];
}
