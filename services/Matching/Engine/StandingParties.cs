namespace LaborBridge.Matching.Engine;

/// <summary>
/// Parties in an assignment. They come after those who go alone, one after another: a party takes the place (city or firm) where its members' scores sum to most, if every one of them is
/// taken there. Who loses a seat by it proposes again; a party that loses a member leaves all its seats and waits for another try. Tries are bounded, since a solution may not exist and
/// to decide whether one does is NP-complete (Ronn 1990).
/// </summary>
internal sealed partial class Standing
{
    const int MostTries = 8;

    /// <summary>How many seats are looked at to seat a party in one place.</summary>
    const int MostLooks = 1_000;

    readonly Queue<Together> broken = new();
    readonly Queue<Together> waiting = new();
    Together[] parties = [];

    /// <summary>Places the parties among those who go alone; once, right after a full run.</summary>
    /// <param name="together">None of their members is there yet.</param>
    /// <param name="mostTries">How often one party is placed before it is left where it is.</param>
    /// <param name="cancellation">Stops the work.</param>
    public PartyReport Place(IReadOnlyList<Party> together, int mostTries = MostTries, CancellationToken cancellation = default)
    {
        parties = [.. together.Select(party => new Together(party, [.. party.Members.Select(AddMember)]))];
        foreach (var party in parties)
            foreach (var member in party.Members)
                member.Party = party;
        return Place(parties, mostTries, cancellation);
    }

    /// <summary>The same for those who would rather be elsewhere now, after postings closed.</summary>
    public PartyReport PlaceAgain(int mostTries = MostTries, CancellationToken cancellation = default)
    {
        foreach (var party in parties)
            party.Tries = 0;
        return Place(Blocking(), mostTries, cancellation);
    }

    /// <summary>Tries to place the parties that lost their seats.</summary>
    public void PlaceWaiting(CancellationToken cancellation = default) => PlaceWaiting(MostTries, cancellation);

    void PlaceWaiting(int mostTries, CancellationToken cancellation)
    {
        while (waiting.TryDequeue(out var party))
        {
            cancellation.ThrowIfCancellationRequested();
            if (party.Tries < mostTries && Better(party) is { } seats)
                Seat(party, seats);
        }
    }

    PartyReport Place(Together[] blocking, int mostTries, CancellationToken cancellation)
    {
        while (blocking.Any(party => party.Tries < mostTries))
        {
            foreach (var party in blocking)
                waiting.Enqueue(party);
            PlaceWaiting(mostTries, cancellation);
            blocking = Blocking();
        }

        return new(parties.Length, parties.Count(party => party.IsPlaced), parties.Sum(party => party.Tries), [.. blocking.Select(party => party.Party)]);
    }

    Together[] Blocking() => [.. parties.Where(party => Better(party) is not null)];

    /// <summary>The result of a round with parties.</summary>
    public RoundResult Result(long proposals, CancellationToken cancellation = default)
    {
        var unmatched = new List<Unmatched>();
        foreach (var person in people.Values.Where(person => person.Place is null).OrderBy(person => person.View.Entry.Id))
        {
            cancellation.ThrowIfCancellationRequested();
            unmatched.Add(person.Party is { } party
                ? new(person.View.Entry.Id, PartyReport.NoPlaceTogether, new(
                    $"没有能同时录用同行 {party.Members.Length} 人的{(party.Party.IsCouple ? "城市" : "用人单位")}",
                    $"No {(party.Party.IsCouple ? "city" : "firm")} takes all {party.Members.Length} who go together"), 0)
                : Unmatched.Of(person.View, postings, scan, Objective.Stable));
        }

        return new(Matches(), unmatched, [.. offices.OfType<Office>().OrderBy(office => office.Posting.Id).Select(office => new Cutoff(
            office.Posting.Id, office.Posting.FreeSeats, office.Holders.Count, office.HasRoom || office.Holders.Count == 0 ? null : office.Holders.Keys[0]))], proposals + Moves);
    }

    // A member stands on no shelf of workers: a free seat is never offered to him alone.
    Person AddMember(WorkerEntry worker)
    {
        var person = new Person(new(worker, postings, kinds));
        people.Add(worker.Id, person);
        return person;
    }

    /// <summary>
    /// Seats for all members in the place that suits them best together, if that is better than what they have; null if it is not. A seat that a member has is his only: another
    /// member has to win his own, or others whom the firm likes better would want it.
    /// </summary>
    Office[]? Better(Together party) => Best(party, above: party.IsPlaced ? party.Members.Sum(member => member.Key.Score) : -1);

    Office[]? Best(Together party, int above)
    {
        var places = new Dictionary<int, List<(int Score, Office Office)>[]>();
        for (var (member, left) = (0, 1); member < party.Members.Length; member++)
        {
            // Of most parties one member finds nothing: the others need not look.
            if (left == 0)
                return null;
            left = 0;
            var person = party.Members[member];
            scan.Run<Collecting>(person.View, count: 1);
            foreach (var item in scan.Collected)
            {
                var office = offices[(int)item];
                var place = party.Party.IsCouple ? office.City : office.Firm;
                // A place that does not take the first members takes no party.
                if (!places.TryGetValue(place, out var lists))
                {
                    if (member > 0)
                        continue;
                    places.Add(place, lists = new List<(int, Office)>[party.Members.Length]);
                }

                // By the score alone it would take him; the lots of equal scores are compared when seats are chosen.
                if (member > 0 && lists[member - 1] is null)
                    continue;
                left++;
                (lists[member] ??= []).Add(((int)(item >> 32), office));
            }
        }

        Office[]? best = null;
        foreach (var (lists, most) in places.Values.Where(lists => lists[^1] is not null)
            .Select(lists => (Lists: lists, Most: lists.Sum(list => list.Max(item => item.Score))))
            .OrderByDescending(place => place.Most).ThenBy(place => place.Lists[0].Min(item => item.Office.Posting.Id)))
        {
            if (most <= above)
                break;
            foreach (var list in lists)
                list.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Office.Posting.Id.CompareTo(b.Office.Posting.Id));
            if (Arrange(party, lists, above) is var (seats, sum))
                (best, above) = (seats, sum);
        }

        return best;
    }

    /// <summary>The seats in one place whose scores sum to most: every choice is tried, the dearest seats first, until so many were looked at.</summary>
    /// <param name="party">The party.</param>
    /// <param name="lists">What each member could have there, the dearest first.</param>
    /// <param name="above">Sums up to this one are left out.</param>
    (Office[] Seats, int Sum)? Arrange(Together party, List<(int Score, Office Office)>[] lists, int above)
    {
        var (seats, keys) = (new Office[lists.Length], new WorkerKey[lists.Length]);
        var most = new int[lists.Length + 1];
        for (var member = lists.Length - 1; member >= 0; member--)
            most[member] = most[member + 1] + lists[member][0].Score;
        var looks = MostLooks;
        (Office[], int)? best = null;
        Seek(member: 0, sum: 0);
        return best;

        void Seek(int member, int sum)
        {
            if (member == seats.Length)
            {
                best = ([.. seats], above = sum);
                return;
            }

            foreach (var (score, office) in lists[member])
            {
                if (sum + score + most[member + 1] <= above || looks-- <= 0)
                    return;
                (seats[member], keys[member]) = (office, WorkerKey.Of(PairOf(party.Members[member], office)));
                var here = Enumerable.Range(0, member + 1).Where(other => seats[other] == office).ToArray();
                if (WouldTake(office, [.. here.Select(other => keys[other])], here.Count(other => party.Members[other].Place != office)))
                    Seek(member + 1, sum + score);
            }
        }
    }

    /// <summary>Whether a posting takes all of these, some of whom it may have already, and keeps none of them out for another.</summary>
    static bool WouldTake(Office office, ReadOnlySpan<WorkerKey> keys, int newcomers)
    {
        if (keys.Length > office.Posting.FreeSeats)
            return false;
        var displaced = newcomers - (office.Posting.FreeSeats - office.Holders.Count);
        if (displaced <= 0)
            return true;
        foreach (var key in keys)
            if (key <= office.Holders.Keys[displaced - 1])
                return false;
        return true;
    }

    void Seat(Together party, Office[] seats)
    {
        party.Tries++;
        Moves += seats.Length;
        var left = new List<Office>();
        for (var member = 0; member < seats.Length; member++)
            if (party.Members[member].Place is { } office && office != seats[member])
            {
                Release(party.Members[member]);
                left.Add(office);
            }

        var away = new List<Person>();
        for (var member = 0; member < seats.Length; member++)
        {
            if (party.Members[member].Place is not null)
                continue;
            if (!seats[member].HasRoom)
            {
                away.Add(seats[member].Holders.Values[0]);
                Release(away[^1]);
                if (away[^1].Slot >= 0)
                    tastes.SendAway(away[^1].Slot);
            }

            Put(party.Members[member], seats[member]);
        }

        // First who is settled moves up into what was left: who was sent away would take such a seat from somebody whom the firm likes better and who is not asked again.
        Fill([.. left]);
        foreach (var person in away)
        {
            if (person.Slot >= 0)
                tastes.Has(person.Slot, score: null);
            SendAway(person);
        }

        DissolveBroken();
    }

    // Who goes alone proposes elsewhere; a party breaks, but leaves only when everybody else is settled.
    void SendAway(Person person)
    {
        if (person.Party is { } party)
            broken.Enqueue(party);
        else
            Propose(person);
    }

    void DissolveBroken()
    {
        while (broken.TryDequeue(out var party))
        {
            if (party.IsPlaced)
                continue;
            var left = new List<Office>();
            foreach (var member in party.Members)
                if (member.Place is { } office)
                {
                    Release(member);
                    left.Add(office);
                }

            Fill([.. left]);
            waiting.Enqueue(party);
        }
    }

    sealed class Together(Party party, Person[] members)
    {
        public Party Party { get; } = party;

        public Person[] Members { get; } = members;

        public int Tries { get; set; }

        public bool IsPlaced => Array.TrueForAll(Members, member => member.Place is not null);
    }
}
