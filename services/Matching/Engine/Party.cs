namespace LaborBridge.Matching.Engine;

/// <summary>
/// Workers who go together or not at all: two to the same city, three and more to the same firm. Two belong together who name each other, or who name the same:
/// that one of them names the other binds nobody.
/// </summary>
/// <param name="Members">In the order of ids.</param>
internal sealed record Party(IReadOnlyList<WorkerEntry> Members)
{
    public bool IsCouple => Members.Count == 2;

    /// <summary>The most free seats that one firm has.</summary>
    public static long MostSeats(IReadOnlyCollection<PostingEntry> postings) =>
        postings.GroupBy(posting => posting.Employer).Select(firm => firm.Sum(posting => (long)posting.FreeSeats)).DefaultIfEmpty(0).Max();

    /// <summary>A group of more than that: a round refuses it.</summary>
    public bool IsTooLarge(long mostSeats) => !IsCouple && Members.Count > mostSeats;

    /// <summary>Splits workers into those who go alone and the parties, both in the order of ids.</summary>
    public static (List<WorkerEntry> Alone, List<Party> Parties) Split(IReadOnlyCollection<WorkerEntry> workers)
    {
        var byId = workers.ToDictionary(worker => worker.Id);
        // Each worker belongs to the node that he names, and to his own where the one he names names him.
        var leader = new Dictionary<Guid, Guid>();
        foreach (var worker in workers)
            if (worker.With is { } with)
            {
                Join(with, with);
                if (byId.TryGetValue(with, out var named) && named.With == worker.Id)
                    Join(with, worker.Id);
            }

        Guid Root(Guid node)
        {
            while (leader[node] != node)
                node = leader[node] = leader[leader[node]];
            return node;
        }

        void Join(Guid a, Guid b)
        {
            leader.TryAdd(a, a);
            leader.TryAdd(b, b);
            leader[Root(a)] = Root(b);
        }

        var alone = new List<WorkerEntry>();
        var parties = new List<Party>();
        foreach (var group in workers.OrderBy(worker => worker.Id).GroupBy(worker => worker.With is { } with ? (Names: true, Root(with)) : (Names: false, worker.Id)))
        {
            if (group.Key.Names && group.Skip(1).Any())
                parties.Add(new([.. group]));
            else
                alone.AddRange(group);
        }

        return (alone, parties);
    }
}

/// <summary>How placing the parties ended.</summary>
/// <param name="Parties">How many there are.</param>
/// <param name="Placed">How many got places.</param>
/// <param name="Tries">How often one was placed.</param>
/// <param name="Blocking">Parties that would rather be in a place that would take them all: a solution without them may not exist, and none was found.</param>
internal sealed record PartyReport(int Parties, int Placed, int Tries, IReadOnlyList<Party> Blocking)
{
    /// <summary>The reason of the members of a party that found nothing.</summary>
    public const string NoPlaceTogether = "no-place-together";

    /// <summary>Neither a pair nor a party blocks.</summary>
    public bool Stable => Blocking.Count == 0;
}
