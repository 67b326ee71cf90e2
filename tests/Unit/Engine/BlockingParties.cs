using LaborBridge.Matching.Engine;

namespace LaborBridge.Tests.Unit.Engine;

/// <summary>
/// Parties that block an assignment, by the definition and by trying everything: there are seats in one city (a couple) or with one firm (a group), one for each member, who is eligible there,
/// whose scores sum to more than those of what the party has, and every posting among them would choose its members out of these and its present holders.
/// </summary>
static class BlockingParties
{
    public static IEnumerable<Party> Of(WorkerEntry[] workers, PostingEntry[] postings, IReadOnlyCollection<Match> matches, Profile profile)
    {
        var workerById = workers.ToDictionary(worker => worker.Id);
        var holders = matches.ToLookup(match => match.PostingId, match => workerById[match.WorkerId]);
        var scores = matches.ToDictionary(match => match.WorkerId, match => match.WorkerScore);
        foreach (var party in Party.Split(workers).Parties)
        {
            var has = party.Members.Sum(member => scores.GetValueOrDefault(member.Id, -1));
            var places = postings.GroupBy(posting => party.Members.Count == 2 ? posting.Site[..4] : posting.Employer.ToString());
            if (places.Any(place => Wants(party, [.. place], has, holders, profile)))
                yield return party;
        }
    }

    static bool Wants(Party party, PostingEntry[] place, int has, ILookup<Guid, WorkerEntry> holders, Profile profile)
    {
        var seats = new PostingEntry[party.Members.Count];
        return Try(member: 0, sum: 0);

        bool Try(int member, int sum)
        {
            if (member == seats.Length)
                return sum > Math.Max(has, -1) && place.All(posting => Chooses(posting, [.. party.Members.Where((_, number) => seats[number].Id == posting.Id)], holders[posting.Id], profile));
            foreach (var posting in place)
            {
                var pair = new Pair(party.Members[member], posting, profile);
                seats[member] = posting;
                if (Eligibility.BarredBy(pair).Count == 0 && Try(member + 1, sum + Fit.ExplainWorker(pair).Total))
                    return true;
            }

            return false;
        }
    }

    /// <summary>Whether these are among the best of themselves and those who hold the seats.</summary>
    static bool Chooses(PostingEntry posting, WorkerEntry[] members, IEnumerable<WorkerEntry> holding, Profile profile)
    {
        var chosen = holding.UnionBy(members, worker => worker.Id)
            .OrderByDescending(worker => Fit.ExplainFirm(new(worker, posting, profile)).Total)
            .ThenByDescending(worker => WorkerKey.Draw(profile.LotterySeed, worker.Id)).ThenBy(worker => worker.Id)
            .Take(Math.Max(0, posting.Headcount - posting.Accepted)).Select(worker => worker.Id).ToHashSet();
        return members.All(member => chosen.Contains(member.Id));
    }
}
