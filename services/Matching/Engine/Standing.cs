namespace LaborBridge.Matching.Engine;

/// <summary>
/// An assignment that is kept while workers and postings come and go. After every change it is stable again: who lost a place or came anew proposes as in a round, and a free seat goes to
/// the worker whom the firm likes best of those who would rather have it, and so does the seat that this one leaves.
/// Filling seats from the firms' side can leave workers a little worse off than a full run would (Blum, Roth, Rothblum 1997); <see cref="Rebase"/> takes that drift away.
/// </summary>
internal sealed partial class Standing
{
    const int FirstPortion = 4;

    /// <summary>How many free seats of a posting are filled by one search.</summary>
    const int MostAtOnce = 1024;

    readonly PostingIndex postings;
    readonly WorkerIndex workers;
    readonly WorkerKinds kinds;
    readonly PostingScan scan;
    readonly WorkerScan seekers;
    readonly Func<int, int, bool> prefersVacancy;
    readonly Queue<Office> vacancies = new();
    readonly Tastes tastes;
    readonly Dictionary<Guid, Person> people = [];
    readonly Dictionary<Guid, int> firms = [];
    Office[] offices = [];
    Person?[] bySlot = [];
    Office vacant = null!;

    /// <summary>Takes over a market as a full run left it; the market is not used any more.</summary>
    public Standing(Market market, SeatHeaps seats)
    {
        (postings, workers, kinds) = (market.Postings, new(market.Profile), market.Kinds);
        scan = new(postings);
        (seekers, tastes) = (new(workers), new(postings));
        prefersVacancy = (slot, wished) => tastes.MayPrefer(slot, wished) && Prefers(bySlot[slot]!, vacant);
        for (var slot = 0; slot < postings.SlotCount; slot++)
            Furnish(slot);
        foreach (var view in market.Workers)
            Add(view);
        for (var slot = 0; slot < postings.SlotCount; slot++)
            foreach (var key in seats.Holders(slot))
                Put(people[market.Workers[market.ByLot[(uint)key]].Entry.Id], offices[slot]);
    }

    /// <summary>How many workers moved since the beginning: the work that the changes took.</summary>
    public long Moves { get; private set; }

    public int Matched { get; private set; }

    /// <summary>Takes everybody and everything at once and assigns by a full run.</summary>
    /// <exception cref="ArgumentException">The input is broken; nothing has run.</exception>
    public static Standing Of(IReadOnlyCollection<WorkerEntry> workers, IReadOnlyCollection<PostingEntry> postings, Profile profile, CancellationToken cancellation = default)
    {
        var market = new Market(workers, postings, profile, cancellation);
        return new(market, DeferredAcceptance.Assign(market, cancellation).Seats);
    }

    /// <summary>The posting that a worker has, null for none.</summary>
    public Guid? PlaceOf(Guid worker) => people[worker].Place?.Posting.Id;

    /// <summary>How many have the posting; 0 where it is not there.</summary>
    public int Holding(Guid posting) => postings.SlotOf(posting) is >= 0 and var slot ? offices[slot].Holders.Count : 0;

    /// <summary>Who has what, in the order of worker ids.</summary>
    public IReadOnlyList<Match> Matches() =>
    [
        .. from person in people.Values
           let place = person.Place
           where place is not null
           orderby person.View.Entry.Id
           let pair = PairOf(person, place)
           select new Match(pair.Worker.Id, pair.Posting.Id, Fit.OfWorker(pair), Fit.OfFirm(pair)),
    ];

    /// <summary>A worker joins.</summary>
    /// <exception cref="ArgumentException">The entry is broken, or the worker is there already.</exception>
    public void Join(WorkerEntry worker)
    {
        Input.Check(worker);
        if (people.ContainsKey(worker.Id))
            throw new ArgumentException($"worker {worker.Id} is there already", nameof(worker));
        Propose(Add(new WorkerView(worker, postings, kinds)));
        DissolveBroken();
    }

    /// <summary>A worker leaves; somebody may follow into the seat.</summary>
    /// <returns>False if nobody of that id was there.</returns>
    public bool Leave(Guid worker)
    {
        if (!people.Remove(worker, out var person))
            return false;
        workers.Remove(worker);
        if (person.Slot >= 0)
            (bySlot[person.Slot], person.Slot) = (null, -1);
        if (person.Place is { } office)
        {
            Release(person);
            Fill(office);
        }

        return true;
    }

    /// <summary>A posting opens.</summary>
    /// <exception cref="ArgumentException">The entry is broken, or the posting is there already.</exception>
    public void Open(PostingEntry posting)
    {
        Input.Check(posting);
        if (postings.Find(posting.Id) is not null)
            throw new ArgumentException($"posting {posting.Id} is there already", nameof(posting));
        Fill(Furnish(postings.Put(posting)));
    }

    /// <summary>A posting closes; who had it proposes anew.</summary>
    /// <returns>False if none of that id was there.</returns>
    public bool Close(Guid posting)
    {
        var slot = postings.SlotOf(posting);
        if (slot < 0)
            return false;
        var left = offices[slot].Holders.Values.ToArray();
        foreach (var person in left)
            Release(person);
        postings.Remove(posting);
        offices[slot] = null!;
        foreach (var person in left.OrderByDescending(person => person.View.Entry.Id))
            SendAway(person);
        DissolveBroken();
        return true;
    }

    /// <summary>A full run: the assignment that is best for every worker.</summary>
    public void Rebase(CancellationToken cancellation = default)
    {
        var market = new Market([.. people.Values.Select(person => person.View.Entry)], [.. postings.Entries], postings.Profile, cancellation);
        Take(market, DeferredAcceptance.Assign(market, cancellation).Seats);
    }

    Person Add(WorkerView view)
    {
        var person = new Person(view) { Slot = workers.Put(view.Entry) };
        people.Add(view.Entry.Id, person);
        if (person.Slot >= bySlot.Length)
            Array.Resize(ref bySlot, Math.Max(64, 2 * bySlot.Length));
        bySlot[person.Slot] = person;
        tastes.Add(person.Slot, view);
        return person;
    }

    Office Furnish(int slot)
    {
        if (slot >= offices.Length)
        {
            Array.Resize(ref offices, Math.Max(64, 2 * offices.Length));
            scan.Cutoffs = [.. scan.Cutoffs, .. new long[offices.Length - scan.Cutoffs.Length]];
        }

        var posting = postings[slot];
        workers.Heed(posting);
        scan.Cutoffs[slot] = posting.FreeSeats == 0 ? long.MaxValue : SeatHeaps.Open;
        return offices[slot] = new(slot, posting)
        {
            Site = postings.SiteOf(posting),
            Offer = postings.OfferOf(posting),
            City = postings.PlaceNumber(DivisionPrefix.Head(posting.Site, DivisionPrefix.City)),
            Firm = firms.TryGetValue(posting.Employer, out var known) ? known : firms[posting.Employer] = firms.Count,
        };
    }

    void Take(Market market, SeatHeaps seats)
    {
        foreach (var person in people.Values.Where(person => person.Place is not null))
            Release(person);
        for (var slot = 0; slot < market.Postings.SlotCount; slot++)
        {
            var office = offices[postings.SlotOf(market.Postings[slot].Id)];
            foreach (var key in seats.Holders(slot))
                Put(people[market.Workers[market.ByLot[(uint)key]].Entry.Id], office);
        }
    }

    /// <summary>The worker proposes, and after him whoever loses a seat by it.</summary>
    void Propose(Person? person)
    {
        while (person is not null)
        {
            Moves++;
            if (Choose(person) is not { } office)
                return;
            Person? rejected = null;
            if (!office.HasRoom)
                Release(rejected = office.Holders.Values[0]);
            Put(person, office);
            if (rejected?.Party is { } party)
                broken.Enqueue(party);
            person = rejected?.Party is null ? rejected : null;
        }
    }

    /// <summary>The best posting that would take the worker, null for none.</summary>
    Office? Choose(Person person)
    {
        // The scan knows scores and no lots: where the weakest has the same score, the key decides here, and the list may have to be longer.
        for (var portion = FirstPortion; ; portion = Math.Min(TopList.Longest, 4 * portion))
        {
            scan.Run<Proposing>(person.View, portion);
            foreach (var item in scan.Best.Items)
                if (offices[(int)item] is var office && (office.HasRoom || WorkerKey.Of(PairOf(person, office)) > office.Holders.Keys[0]))
                    return office;
            if (scan.Best.Count < portion || portion == TopList.Longest)
                return null;
        }
    }

    /// <summary>
    /// Gives the free seats to the best workers who want them, the seats that these leave to the next, and so on. Whoever is asked first, it ends the same, as deferred acceptance does:
    /// so all seats of a posting are filled by one search.
    /// </summary>
    void Fill(params ReadOnlySpan<Office> free)
    {
        foreach (var office in free)
            Announce(office);
        while (vacancies.TryDequeue(out var office))
        {
            office.Announced = false;
            var seats = Math.Min(MostAtOnce, office.Posting.FreeSeats - office.Holders.Count);
            if (seats <= 0)
                continue;
            vacant = office;
            tastes.Ask(office.Posting, office.Site, office.Offer);
            seekers.Run(office.Posting, seats, prefersVacancy);
            for (var position = 0; position < seekers.Best.Count; position++)
            {
                var person = bySlot[seekers.Best.SlotAt(position)]!;
                if (person.Place is { } left)
                {
                    Release(person);
                    Announce(left);
                }

                Put(person, office);
                Moves++;
            }

            if (seekers.Best.Count == seats)
                Announce(office);
        }
    }

    void Announce(Office office)
    {
        if (office.Announced)
            return;
        office.Announced = true;
        vacancies.Enqueue(office);
    }

    bool Prefers(Person person, Office office) => person.Place is null || (person.Place != office && PostingKey.Of(PairOf(person, office)) > person.Key);

    Pair PairOf(Person person, Office office) => new(person.View.Entry, office.Posting, postings.Profile);

    void Put(Person person, Office office)
    {
        var pair = PairOf(person, office);
        (person.Place, person.Key, person.FirmKey) = (office, PostingKey.Of(pair), WorkerKey.Of(pair));
        office.Holders.Add(person.FirmKey, person);
        Matched++;
        Tell(office);
        if (person.Slot >= 0)
            tastes.Has(person.Slot, person.Key.Score);
    }

    void Release(Person person)
    {
        var office = person.Place!;
        office.Holders.Remove(person.FirmKey);
        person.Place = null;
        Matched--;
        Tell(office);
        if (person.Slot >= 0)
            tastes.Has(person.Slot, score: null);
    }

    void Tell(Office office)
    {
        var cutoff = office.HasRoom ? 0 : office.Holders.Keys[0].Score;
        scan.Cutoffs[office.Slot] = office.HasRoom ? SeatHeaps.Open : PostingScan.Key(cutoff, lot: 0) - 1;
        if (cutoff == office.Told)
            return;
        office.Told = cutoff;
        postings.SetCutoff(office.Slot, (short)cutoff);
    }

    sealed class Person(WorkerView view)
    {
        public WorkerView View { get; } = view;

        /// <summary>The number among the workers who are asked for free seats; -1 for one who is not.</summary>
        public int Slot { get; set; } = -1;

        public Office? Place { get; set; }

        /// <summary>Whom the worker goes with; null for most.</summary>
        public Together? Party { get; set; }

        /// <summary>What the place is to the worker, and the worker to the firm.</summary>
        public PostingKey Key { get; set; }

        public WorkerKey FirmKey { get; set; }
    }

    sealed class Office(int slot, PostingEntry posting)
    {
        public int Slot { get; } = slot;

        public PostingEntry Posting { get; } = posting;

        /// <summary>Kinds in the index.</summary>
        public required short Site { get; init; }

        public required short Offer { get; init; }

        /// <summary>The numbers of its city and its firm.</summary>
        public required int City { get; init; }

        public required int Firm { get; init; }

        /// <summary>The weakest first.</summary>
        public SortedList<WorkerKey, Person> Holders { get; } = [];

        public bool HasRoom => Holders.Count < Posting.FreeSeats;

        /// <summary>Whether it waits to be filled.</summary>
        public bool Announced { get; set; }

        /// <summary>The cutoff that the shelves know.</summary>
        public int Told { get; set; }
    }
}
