using LaborBridge.Domain;
using LaborBridge.Placements;
using LaborBridge.Placements.Indicators;
using LaborBridge.Placements.Ledger;

namespace LaborBridge.Tests.Unit.Placements;

/// <summary>
/// The indicators of domain.md 5 counted once more, from raw records, day by day and person by person, as slowly and plainly as can be: no columns, no windows, no code shared
/// with the service but the reference data.
/// </summary>
internal static class Recount
{
    sealed record Job(
        Guid Worker, string Workplace, string Channel, Guid? Firm, bool Excluded, DateOnly Day, DateOnly? First, DateOnly? Last, string? Reason, long Pay, HashSet<int> Proved,
        List<(DateOnly On, bool Back, bool Trip)> Ways, string? Home, LedgerEntry? Person);

    public static Dictionary<string, Dictionary<string, decimal?>> Rows(IReadOnlyList<LedgerEntry> known, IndicatorQuery query)
    {
        var jobs = Jobs(known).Where(job => !job.Excluded && Seen(job, query)).ToList();
        var rows = new Dictionary<string, Dictionary<string, decimal?>>();
        var end = query.To < query.AsOf ? query.To : query.AsOf;
        var trainings = known.Where(entry => entry.Kind == EntryKind.Training && entry.On >= query.From && entry.On <= end)
            .Where(entry => query.Covers(HomeOf(known, entry.Worker!.Value, entry.On)))
            .GroupBy(entry => TrainingKey(known, entry, query)).Where(group => group.Key is not null).ToDictionary(group => group.Key!, group => group.Count());
        foreach (var key in jobs.Select(job => Key(job, query)).Concat(trainings.Keys).Distinct())
            rows[key] = Row([.. jobs.Where(job => Key(job, query) == key)], known, query.From, end, query.AsOf, trainings.GetValueOrDefault(key));
        return rows;
    }

    static Dictionary<string, decimal?> Row(List<Job> jobs, IReadOnlyList<LedgerEntry> known, DateOnly begin, DateOnly end, DateOnly asOf, int trained)
    {
        bool Gone(Job job) => job.Last <= asOf;
        bool Works(Job job, DateOnly day) => job.First <= day && (!Gone(job) || day <= job.Last);
        var days = Enumerable.Range(0, Math.Max(0, end.DayNumber - begin.DayNumber + 1)).Select(begin.AddDays).ToList();
        var inPeriod = jobs.Where(job => days.Exists(day => Works(job, day))).ToList();
        var begun = jobs.Where(job => job.First >= begin && job.First <= end).ToList();
        var standing = jobs.Where(job => Works(job, asOf)).ToList();
        var ways = jobs.Where(job => !Local(job)).SelectMany(job => job.Ways.Where(way => way.On >= begin && way.On <= end).Select(way => (job, way))).ToList();
        var months = (from job in jobs.Where(job => job.First is not null)
                      from month in Enumerable.Range(1, 60)
                      let last = job.First!.Value.AddMonths(month).AddDays(-1)
                      where last >= begin && last <= end && (!Gone(job) || last <= job.Last)
                      select (job, month)).ToList();
        int People(IEnumerable<Job> some) => some.Select(job => job.Worker).Distinct().Count();
        decimal? Share(int part, int whole) => whole == 0 ? null : Math.Round((decimal)part / whole, 4, MidpointRounding.AwayFromZero);
        bool Could(Job job, int n) => job.First!.Value.AddMonths(n).AddDays(-1) <= asOf;
        bool Met(Job job, int n) => Could(job, n) && (!Gone(job) || job.First!.Value.AddMonths(n).AddDays(-1) <= job.Last) && Enumerable.Range(1, n).All(job.Proved.Contains);
        decimal? Stable(int n) => Share(inPeriod.Count(job => Could(job, n) && Met(job, n)), inPeriod.Count(job => Could(job, n)));
        var row = new Dictionary<string, decimal?>
        {
            ["workersTransferred"] = People(inPeriod),
            ["arranged"] = People(inPeriod.Where(job => Channels.Find(job.Channel)!.Programme)),
            ["new"] = ways.Count(x => !x.way.Back),
            ["returning"] = ways.Count(x => x.way.Back),
            ["toFujian"] = ways.Count(x => x.job.Workplace[..2] == "35"),
            ["pointToPoint"] = ways.Count(x => x.way.Trip),
            ["organisedRate"] = Share(begun.Count(job => Channels.Find(job.Channel)!.Organised), begun.Count),
            ["outOfCountyRate"] = Share(inPeriod.Count(job => job.Home is { } home && !SameCounty(home, job.Workplace)), inPeriod.Count),
            ["outOfProvinceRate"] = Share(inPeriod.Count(job => job.Home is { } home && home[..2] != job.Workplace[..2]), inPeriod.Count),
            ["local"] = People(inPeriod.Where(Local)),
            ["stable3Rate"] = Stable(3),
            ["stable6Rate"] = Stable(6),
            ["stableInFujian"] = People(standing.Where(job => job.Workplace[..2] == "35" && Met(job, 3))),
            ["onPost"] = People(standing),
            ["outOfPoverty"] = People(standing.Where(job => Status(job)?.OutOfPoverty == true)),
            ["monitored"] = People(standing.Where(job => Status(job)?.Monitored == true)),
            ["transferredOutOfPoverty"] = People(inPeriod.Where(job => Status(job)?.OutOfPoverty == true)),
            ["returned"] = People(jobs.Where(job => job.Reason == "returned" && Gone(job) && job.Last >= begin && job.Last <= end && job.First <= asOf)),
            ["wageIncome"] = months.Sum(x => x.job.Pay) / 100m,
            ["trained"] = trained,
            ["evidenceShare"] = Share(months.Count(x => x.job.Proved.Contains(x.month)), months.Count),
        };
        foreach (var channel in Tally.LocalChannels)
            row["local." + channel] = People(inPeriod.Where(job => Local(job) && LocalChannel(job, known) == channel));
        return row;
    }

    static IEnumerable<Job> Jobs(IReadOnlyList<LedgerEntry> known)
    {
        var slots = new Dictionary<Guid, List<LedgerEntry?>>();
        foreach (var entry in known.Where(entry => entry.Placement is not null))
        {
            if (!slots.TryGetValue(entry.Placement!.Value, out var slot))
                slots.Add(entry.Placement.Value, slot = []);
            var place = entry.Of is { } of ? slot.FindIndex(old => old?.Position == of) : -1;
            if (entry.Kind == EntryKind.Correction)
                slot[place] = new LedgerEntry { Kind = EntryKind.Correction, On = entry.On, Position = slot[place]!.Position };
            else if (place >= 0)
                slot[place] = entry;
            else
                slot.Add(entry);
        }

        foreach (var course in slots.Values.Select(slot => slot.Where(entry => entry!.Kind != EntryKind.Correction).Select(entry => entry!).ToList()))
        {
            if (course.Find(entry => entry.Kind == EntryKind.Opened) is not { } opened)
                continue;
            var started = course.Find(entry => entry.Kind == EntryKind.Started);
            var left = started is null ? null : course.Find(entry => entry.Kind == EntryKind.Left);
            var day = started?.On ?? opened.On;
            var contract = course.FindLast(entry => entry.Kind == EntryKind.Contract);
            yield return new Job(
                known.LastOrDefault(entry => entry.Kind is EntryKind.Merged or EntryKind.Separated && entry.Worker == opened.Worker)?.Into ?? opened.Worker!.Value, opened.Workplace!, opened.Channel!, opened.Employer, opened.Farm == true || contract?.Form == "internship", day, started?.On, left?.On, left?.Reason,
                started?.PayFen ?? opened.PayFen ?? 0,
                [.. course.Where(entry => entry.Kind == EntryKind.Evidence).SelectMany(entry => Enumerable.Range(entry.Month!.Value, (entry.Through ?? entry.Month.Value) - entry.Month.Value + 1))],
                [.. course.Where(entry => entry.Kind is EntryKind.Departed or EntryKind.Back).Select(entry => (entry.On, entry.Kind == EntryKind.Back, entry.Trip is not null))],
                HomeOf(known, opened.Worker!.Value, day), known.LastOrDefault(entry => entry.Kind == EntryKind.Worker && entry.Worker == opened.Worker));
        }
    }

    static string? HomeOf(IReadOnlyList<LedgerEntry> known, Guid worker, DateOnly day)
    {
        var told = known.Where(entry => entry.Kind == EntryKind.Worker && entry.Worker == worker).ToList();
        return (told.FindLast(entry => entry.On <= day) ?? told.FirstOrDefault())?.Home;
    }

    static bool Seen(Job job, IndicatorQuery query) => query.Side switch
    {
        Side.Sending => query.Covers(job.Home),
        Side.Receiving => query.Covers(job.Workplace),
        _ => query.Covers(job.Home) || query.Covers(job.Workplace),
    };

    static string Key(Job job, IndicatorQuery query) => query.By switch
    {
        By.None => "all",
        By.County => County(query.Side == Side.Receiving ? job.Workplace : job.Home),
        By.City => job.Workplace[..4],
        By.Pairing => PairingKey(job),
        By.Sex => job.Person?.Sex ?? "unknown",
        By.AgeBand => Band(job.Person?.BirthYear, job.Day),
        By.HouseholdStatus => Status(job)?.Code ?? "none",
        By.Town or By.Firm or By.Trade or By.Month => throw new NotSupportedException($"The recount does not group by {query.By}."),
        _ => throw new NotSupportedException($"Not a grouping: {query.By}."),
    };

    static string? TrainingKey(IReadOnlyList<LedgerEntry> known, LedgerEntry training, IndicatorQuery query)
    {
        var person = known.LastOrDefault(entry => entry.Kind == EntryKind.Worker && entry.Worker == training.Worker);
        return query.Side == Side.Receiving ? null : query.By switch
        {
            By.None => "all",
            By.County => County(HomeOf(known, training.Worker!.Value, training.On)),
            By.Sex => person?.Sex ?? "unknown",
            By.AgeBand => Band(person?.BirthYear, training.On),
            By.HouseholdStatus => StatusOn(person, training.On)?.Code ?? "none",
            _ => null,
        };
    }

    static string PairingKey(Job job)
    {
        Pairing? best = null;
        foreach (var pairing in Pairings.All.Where(pairing => pairing.Certainty != PairingCertainty.LinkOnly && job.Home is not null))
        {
            var (ningxia, fujian) = (pairing.Ningxia.ToString(), pairing.Fujian.ToString());
            if (!job.Home!.StartsWith(ningxia, StringComparison.Ordinal) || !job.Workplace.StartsWith(fujian, StringComparison.Ordinal))
                continue;
            if (pairing.Validity.From <= job.Day && (pairing.Validity.To is null || job.Day < pairing.Validity.To)
                && (best is null || ningxia.Length > best.Ningxia.ToString().Length || fujian.Length > best.Fujian.ToString().Length))
                best = pairing;
        }

        return best?.Key ?? "none";
    }

    static string County(string? code) => code is null ? "unknown" : code.Length > 6 ? code[..6] : code;

    static string Band(int? birth, DateOnly on) => birth is not { } year ? "unknown" : (on.Year - year) switch
    {
        < 20 => "16-19",
        < 30 => "20-29",
        < 40 => "30-39",
        < 50 => "40-49",
        < 60 => "50-59",
        _ => "60+",
    };

    static HouseholdStatus? Status(Job job) => StatusOn(job.Person, job.Day);

    static HouseholdStatus? StatusOn(LedgerEntry? person, DateOnly on)
    {
        var code = (person?.Statuses ?? []).FirstOrDefault(status => (status.From ?? DateOnly.MinValue) <= on && on < (status.To ?? DateOnly.MaxValue))?.Code;
        return HouseholdStatuses.Find(code);
    }

    static bool Local(Job job) => job.Home is { } home && home[..2] == job.Workplace[..2];

    static bool SameCounty(string home, string work) => home[..2] == work[..2] && home[..Math.Min(6, home.Length)] == work[..Math.Min(6, work.Length)];

    static string LocalChannel(Job job, IReadOnlyList<LedgerEntry> known)
    {
        var firm = job.Firm is { } id ? known.LastOrDefault(entry => entry.Kind == EntryKind.Employer && entry.Employer == id) : null;
        return job.Channel == "public-welfare" ? "public-welfare"
            : job.Channel == "aid-workshop" || firm?.SiteKind == "aid-workshop" ? "aid-workshop"
            : firm?.FujianInvested == true ? "fujian-invested" : "other";
    }
}
