using LaborBridge.Matching.Engine;

namespace LaborBridge.Matching.Rounds;

/// <summary>
/// Groups of more than any firm has free seats for. The engine refuses a round with one; here its members are set aside with the reason, so that nobody else's round fails for it.
/// They are not matched alone: they said that they go together.
/// </summary>
internal static class OversizedGroups
{
    public const string Code = "group-too-large";

    /// <returns>Who takes part, and the reasons of those who do not, by group.</returns>
    public static (WorkerEntry[] Workers, Unmatched[][] Aside) SetAside(WorkerEntry[] workers, IReadOnlyCollection<PostingEntry> postings)
    {
        var most = Party.MostSeats(postings);
        var aside = Party.Split(workers).Parties.Where(party => party.IsTooLarge(most)).ToArray();
        var gone = aside.SelectMany(party => party.Members).Select(member => member.Id).ToHashSet();
        return ([.. workers.Where(worker => !gone.Contains(worker.Id))], [.. aside.Select(party => Reasons(party, most))]);
    }

    private static Unmatched[] Reasons(Party party, long most) =>
    [
        .. party.Members.Select(member => new Unmatched(member.Id, Code, new(
            $"同行 {party.Members.Count} 人，没有用人单位有这么多空余名额（最多 {most} 个），请拆分同行人员后再匹配",
            $"{party.Members.Count} go together and no firm has more than {most} free seats; split the group and match again"), 0)),
    ];
}
