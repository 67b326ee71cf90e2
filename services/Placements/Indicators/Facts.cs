using LaborBridge.Placements.Ledger;

namespace LaborBridge.Placements.Indicators;

/// <summary>
/// The ledger in memory, as columns: fact i stands at position i + 1. What belongs to one placement, worker or firm is chained backwards, so that a spell is folded again
/// from its own facts alone, as known at any position.
/// </summary>
internal sealed class Facts
{
    readonly List<Fact> facts = [];
    readonly List<Opening> openings = [];
    readonly List<Person> people = [];
    readonly List<Firm> firms = [];
    readonly Subjects placements = new(), workers = new(), employers = new();
    readonly Dictionary<string, string> words = [];

    /// <summary>Placements of a worker, by the worker's number.</summary>
    readonly List<List<int>> placementsOf = [];
    readonly List<int> workerOf = [];
    readonly List<int> trainings = [];

    /// <summary>Mergers and separations of a worker's record, oldest first: the fact, and as whom it counts from there on.</summary>
    readonly Dictionary<int, List<(int At, int Into)>> mergers = [];

    public int Count => facts.Count;

    public int Placements => placements.Count;

    public int Workers => workers.Count;

    public Fact this[int index] => facts[index];

    public IReadOnlyList<int> Trainings => trainings;

    public Guid PlacementId(int placement) => placements.Id(placement);

    public Guid WorkerId(int worker) => workers.Id(worker);

    public int WorkerOf(int placement) => workerOf[placement];

    public IReadOnlyList<int> PlacementsOf(int worker) => worker < placementsOf.Count ? placementsOf[worker] : [];

    public Opening OpeningOf(Fact fact) => openings[fact.Detail];

    /// <summary>How many facts were known at a moment.</summary>
    public int KnownAt(long micros)
    {
        var (low, high) = (0, facts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (facts[middle].Known <= micros)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>Adds the next entry and says whose spells it touches: one placement, or all of a worker; negative for none.</summary>
    public (int Placement, int Worker) Add(LedgerEntry entry)
    {
        if (entry.Position != facts.Count + 1)
            throw new InvalidOperationException($"The ledger goes on at {facts.Count + 1}, not at {entry.Position}.");
        switch (entry.Kind)
        {
            case EntryKind.Worker:
                people.Add(new Person(Word(entry.Home), Word(entry.Sex), entry.BirthYear, entry.Statuses ?? []));
                var worker = workers.Of(entry.Worker!.Value);
                workers.Chain(worker, Push(entry, worker, people.Count - 1, workers.Last(worker)));
                return (-1, worker);
            case EntryKind.Employer:
                firms.Add(new Firm(entry.EmployerName ?? "", entry.SiteKind ?? "", entry.FujianInvested ?? false));
                var employer = employers.Of(entry.Employer!.Value);
                employers.Chain(employer, Push(entry, employer, firms.Count - 1, employers.Last(employer)));
                return (-1, -1);
            case EntryKind.Training:
                trainings.Add(facts.Count);
                openings.Add(new Opening { Trade = Word(entry.Trade) ?? "", Workplace = "", Channel = "", Employer = null, EmployerName = null, Farm = false });
                Push(entry, workers.Of(entry.Worker!.Value), openings.Count - 1, previous: -1);
                return (-1, -1);
            case EntryKind.Merged or EntryKind.Separated:
                var merged = workers.Of(entry.Worker!.Value);
                var into = entry.Kind == EntryKind.Merged ? workers.Of(entry.Into!.Value) : merged;
                (mergers.TryGetValue(merged, out var earlier) ? earlier : mergers[merged] = []).Add((facts.Count, into));
                Push(entry, merged, into, previous: -1);
                return (-1, merged);
            default:
                return (AddStep(entry), -1);
        }
    }

    /// <summary>The worker as whom one counts: another since a merger of their records, else himself.</summary>
    public int PersonBehind(int worker, int upTo)
    {
        var person = worker;
        foreach (var (at, into) in mergers.GetValueOrDefault(worker) ?? [])
            person = at < upTo ? into : person;
        return person;
    }

    /// <summary>The facts of a placement among the first <paramref name="upTo"/>, oldest first.</summary>
    public void Course(int placement, int upTo, List<int> into)
    {
        into.Clear();
        for (var at = placements.Last(placement); at >= 0; at = facts[at].Previous)
        {
            if (at < upTo)
                into.Add(at);
        }

        into.Reverse();
    }

    /// <summary>What was known of a worker: the latest word on sex, birth and statuses.</summary>
    public Person? PersonOf(int worker, int upTo)
    {
        for (var at = workers.Last(worker); at >= 0; at = facts[at].Previous)
        {
            if (at < upTo)
                return people[facts[at].Detail];
        }

        return null;
    }

    /// <summary>Home on a day: the last that was told for that day or an earlier one; before the first, the first.</summary>
    public string? HomeOf(int worker, int day, int upTo)
    {
        string? earliest = null;
        for (var at = workers.Last(worker); at >= 0; at = facts[at].Previous)
        {
            if (at >= upTo)
                continue;
            earliest = people[facts[at].Detail].Home;
            if (facts[at].On <= day)
                return earliest;
        }

        return earliest;
    }

    public Firm? FirmOf(Guid employer, int upTo)
    {
        for (var at = employers.LastOf(employer); at >= 0; at = facts[at].Previous)
        {
            if (at < upTo)
                return firms[facts[at].Detail];
        }

        return null;
    }

    int AddStep(LedgerEntry entry)
    {
        var placement = placements.Of(entry.Placement ?? throw new FormatException($"Ledger entry {entry.Position} names no placement."));
        var detail = -1;
        if (placement == workerOf.Count)
        {
            var worker = workers.Of(entry.Worker ?? throw new FormatException($"Ledger entry {entry.Position} names no worker."));
            workerOf.Add(worker);
            while (placementsOf.Count <= worker)
                placementsOf.Add([]);
            placementsOf[worker].Add(placement);
        }

        if (entry.Kind == EntryKind.Opened)
        {
            detail = openings.Count;
            openings.Add(new Opening
            {
                Trade = Word(entry.Trade) ?? "",
                Workplace = Word(entry.Workplace) ?? "",
                Channel = Word(entry.Channel) ?? "",
                Employer = entry.Employer,
                EmployerName = Word(entry.EmployerName),
                Farm = entry.Farm ?? false,
            });
        }

        placements.Chain(placement, Push(entry, placement, detail, placements.Last(placement)));
        return placement;
    }

    int Push(LedgerEntry entry, int subject, int detail, int previous)
    {
        facts.Add(new Fact
        {
            Kind = entry.Kind,
            On = entry.On.DayNumber,
            Known = entry.Known,
            Subject = subject,
            Previous = previous,
            Detail = detail,
            Of = (int)((entry.Of ?? 0) - 1),
            Pay = entry.PayFen ?? -1,
            Evidence = entry.Kind == EntryKind.Evidence ? Placement.Bits(entry) : 0,
            ByTrip = entry.Trip is not null,
            Returned = entry is { Kind: EntryKind.Left, Reason: "returned" },
            Form = Word(entry.Form),
        });
        return facts.Count - 1;
    }

    string? Word(string? text)
    {
        if (text is null)
            return null;
        if (words.TryGetValue(text, out var known))
            return known;
        words.Add(text, text);
        return text;
    }

    /// <summary>Ids ↔ small numbers, and where the chain of each ends.</summary>
    sealed class Subjects
    {
        readonly Dictionary<Guid, int> numbers = [];
        readonly List<Guid> ids = [];
        readonly List<int> last = [];

        public int Count => ids.Count;

        public Guid Id(int number) => ids[number];

        public int Last(int number) => last[number];

        public int LastOf(Guid id) => numbers.TryGetValue(id, out var number) ? last[number] : -1;

        public void Chain(int number, int fact) => last[number] = fact;

        public int Of(Guid id)
        {
            if (numbers.TryGetValue(id, out var number))
                return number;
            numbers.Add(id, ids.Count);
            ids.Add(id);
            last.Add(-1);
            return ids.Count - 1;
        }
    }
}

/// <summary>One entry. Days as day numbers; indices and <see cref="Of"/> from 0, absent −1.</summary>
internal readonly struct Fact
{
    public required EntryKind Kind { get; init; }

    public required int On { get; init; }

    public required long Known { get; init; }

    /// <summary>Number of the placement, worker or firm that it is about.</summary>
    public required int Subject { get; init; }

    public required int Previous { get; init; }

    public required int Detail { get; init; }

    public required int Of { get; init; }

    public required long Pay { get; init; }

    public required long Evidence { get; init; }

    public required bool ByTrip { get; init; }

    public required bool Returned { get; init; }

    public required string? Form { get; init; }
}

/// <summary>The terms on which a placement was opened.</summary>
internal sealed record Opening
{
    public required string Trade { get; init; }

    public required string Workplace { get; init; }

    public required string Channel { get; init; }

    public required Guid? Employer { get; init; }

    public required string? EmployerName { get; init; }

    public required bool Farm { get; init; }
}

/// <summary>What statistics know of a worker.</summary>
internal sealed record Person(string? Home, string? Sex, int? BirthYear, IReadOnlyList<LedgerStatus> Statuses);

/// <summary>What statistics know of a firm.</summary>
internal sealed record Firm(string Name, string SiteKind, bool FujianInvested);
