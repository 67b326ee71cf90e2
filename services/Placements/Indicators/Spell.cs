using LaborBridge.Domain;

namespace LaborBridge.Placements.Indicators;

/// <summary>One placement as indicators see it, as known at one position of the ledger. Days are day numbers; a day that is not known yet lies at <see cref="Never"/>.</summary>
internal sealed class Spell
{
    public const int Never = int.MaxValue;

    public required int Worker { get; init; }

    public required Opening Opening { get; init; }

    /// <summary>Interns and farm work never count as transfer.</summary>
    public required bool Counts { get; init; }

    public required int First { get; init; }

    /// <summary>The last day worked, inclusive.</summary>
    public required int Last { get; init; }

    public required bool Returned { get; init; }

    public required long PayFen { get; init; }

    public required long Evidence { get; init; }

    /// <summary>Index of the fact that began it, −1 while it has not begun.</summary>
    public required int StartedAt { get; init; }

    /// <summary>Index of the fact that ended it.</summary>
    public required int LeftAt { get; init; }

    public required IReadOnlyList<Departure> Departures { get; init; }

    /// <summary>Home on the first day.</summary>
    public required string? Home { get; init; }

    public required string? Sex { get; init; }

    /// <summary>Age in years reached in the year of the first day.</summary>
    public required int? Age { get; init; }

    /// <summary>Household status on the first day.</summary>
    public required HouseholdStatus? Status { get; init; }

    public required PlaceClass? Place { get; init; }

    public required Pairing? Pairing { get; init; }

    public required Channel? Channel { get; init; }

    /// <summary>The workplace lies in the home region.</summary>
    public required bool Local { get; init; }

    public required bool InFujian { get; init; }

    /// <summary>Whether the first n months of service were served by <paramref name="asOf"/> and each is proved.</summary>
    public bool Served(int months, int asOf) =>
        First != Never && EndOfMonth(months) is var end && end <= asOf && end <= Last && (Evidence & ((1L << months) - 1)) == (1L << months) - 1;

    /// <summary>Last day of month n of service.</summary>
    public int EndOfMonth(int month) => ServiceMonths.LastDay(DateOnly.FromDayNumber(First), month).DayNumber;

    /// <summary>Folds the facts of a placement; null when its opening was taken back.</summary>
    /// <param name="facts">The ledger.</param>
    /// <param name="placement">Number of the placement.</param>
    /// <param name="upTo">How many facts are known.</param>
    /// <param name="course">A list to work with.</param>
    public static Spell? Fold(Facts facts, int placement, int upTo, List<int> course)
    {
        facts.Course(placement, upTo, course);
        InOrder(facts, course);
        Opening? opening = null;
        string? form = null;
        var (first, last, startedAt, leftAt, pay, evidence, openedOn, returned) = (Never, Never, -1, -1, -1L, 0L, 0, false);
        List<Departure>? departures = null;
        foreach (var index in course)
        {
            var fact = facts[index];
            switch (fact.Kind)
            {
                case EntryKind.Opened:
                    (opening, openedOn, form) = (facts.OpeningOf(fact), fact.On, fact.Form);
                    pay = fact.Pay;
                    break;
                case EntryKind.Contract:
                    form = fact.Form ?? form;
                    break;
                case EntryKind.Started:
                    (first, startedAt) = (fact.On, index);
                    pay = fact.Pay >= 0 ? fact.Pay : pay;
                    break;
                case EntryKind.Left:
                    (last, leftAt, returned) = (fact.On, index, fact.Returned);
                    break;
                case EntryKind.Departed or EntryKind.Back:
                    (departures ??= []).Add(new Departure(fact.On, fact.Kind == EntryKind.Back, fact.ByTrip, index));
                    break;
                case EntryKind.Evidence:
                    evidence |= fact.Evidence;
                    break;
                case EntryKind.Arrived or EntryKind.Refused or EntryKind.Leave or EntryKind.NoShow:
                    break;
                case EntryKind.Correction or EntryKind.Worker or EntryKind.Employer or EntryKind.Training or EntryKind.Merged or EntryKind.Separated:
                default:
                    throw new InvalidOperationException($"{fact.Kind} is no step of a placement.");
            }
        }

        if (opening is null)
            return null;
        var worker = facts.WorkerOf(placement);
        var day = first == Never ? openedOn : first;
        var on = DateOnly.FromDayNumber(day);
        var person = facts.PersonOf(worker, upTo);
        var home = facts.HomeOf(worker, day, upTo);
        var known = DivisionCode.TryParse(home, out var from) & DivisionCode.TryParse(opening.Workplace, out var to);
        return new Spell
        {
            Worker = facts.PersonBehind(worker, upTo),
            Opening = opening,
            Counts = !opening.Farm && form != "internship",
            First = first,
            Last = first == Never ? Never : last,
            Returned = returned,
            PayFen = Math.Max(pay, 0),
            Evidence = evidence,
            StartedAt = startedAt,
            LeftAt = leftAt,
            Departures = departures ?? (IReadOnlyList<Departure>)[],
            Home = home,
            Sex = person?.Sex,
            Age = person?.BirthYear is { } birth ? on.Year - birth : null,
            Status = person?.Statuses.Where(status => (status.From is null || status.From <= on) && (status.To is null || on < status.To))
                .Select(status => HouseholdStatuses.Find(status.Code)).FirstOrDefault(status => status is not null),
            Place = known ? PlaceClasses.Of(from, to) : null,
            Pairing = known ? Pairings.For(from, to, on) : null,
            Channel = Channels.Find(opening.Channel),
            Local = PlacementRow.IsNearHome(home, opening.Workplace),
            InFujian = opening.Workplace.StartsWith("35", StringComparison.Ordinal),
        };
    }

    // Takes out what was taken back, and puts what stands in for an entry in that entry's place.
    static void InOrder(Facts facts, List<int> course)
    {
        if (!course.Exists(index => facts[index].Of >= 0))
            return;
        var takenBack = course.Where(index => facts[index].Kind == EntryKind.Correction).Select(index => facts[index].Of).ToHashSet();
        var ranks = new Dictionary<int, int>();
        foreach (var index in course)
            ranks[index] = facts[index] is { Of: >= 0, Kind: not EntryKind.Correction } fact ? ranks.GetValueOrDefault(fact.Of, index) : index;
        var live = course.Where(index => facts[index].Kind != EntryKind.Correction && !takenBack.Contains(index)).OrderBy(index => ranks[index]).ThenBy(index => index).ToList();
        course.Clear();
        course.AddRange(live);
    }
}

/// <summary>One person's way to work, once.</summary>
/// <param name="On">The day.</param>
/// <param name="Returning">返岗, back to a running placement; else 新输转.</param>
/// <param name="ByTrip">Carried by a trip: point-to-point.</param>
/// <param name="Fact">Index of the fact.</param>
internal readonly record struct Departure(int On, bool Returning, bool ByTrip, int Fact);
