using LaborBridge.Placements;
using LaborBridge.Placements.Ledger;

namespace LaborBridge.Tests.Unit.Placements;

/// <summary>Makes ledgers at random from a seed: workers who move, firms that change, spells of every kind, leaves, evidence, trainings, corrections; told in mixed order.</summary>
internal sealed class Histories(int seed)
{
    static readonly string[] Homes = ["640422101", "640522", "640121104", "640424", "640303", "640402"];
    static readonly string[] Workplaces = ["350205", "350582", "3502", "350526", "640121104", "640422", "640402", "330106", "350121"];
    static readonly string[] ChannelCodes = ["station", "labour-company", "broker", "relatives", "self", "public-welfare", "aid-workshop"];
    static readonly string[] Statuses = ["out-of-poverty", "out-of-poverty-unstable", "marginal", "ordinary"];
    static readonly DateOnly Begin = new(2024, 10, 1);

    readonly Random random = new(seed);
    readonly List<Queue<LedgerEntry>> courses = [];
    readonly Dictionary<int, long> positions = [];
    int made;

    public IReadOnlyList<LedgerEntry> Make()
    {
        var workers = Enumerable.Range(1, random.Next(1, 7)).Select(Id).ToList();
        var firms = Enumerable.Range(101, 3).Select(Id).ToList();
        foreach (var worker in workers)
            courses.Add(new(Person(worker)));
        foreach (var firm in firms)
            courses.Add(new(Firm(firm)));
        for (var placement = 0; placement < random.Next(1, 12); placement++)
            courses.Add(new(Course(Id(1000 + placement), Pick(workers), Chance(70) ? Pick(firms) : null)));
        for (var training = 0; training < random.Next(0, 4); training++)
            courses.Add(new([new LedgerEntry { Kind = EntryKind.Training, On = Day(800), Worker = Pick(workers), Training = Id(5000 + training), Trade = "garment-sewing" }]));
        if (workers.Count > 1 && Chance(40))
            courses.Add(new(Merger(workers[0], workers[1])));
        return Mixed();
    }

    IEnumerable<LedgerEntry> Merger(Guid worker, Guid into)
    {
        yield return new LedgerEntry { Kind = EntryKind.Merged, On = Day(800), Worker = worker, Into = into };
        if (Chance(40))
            yield return new LedgerEntry { Kind = EntryKind.Separated, On = Day(800), Worker = worker };
    }

    public Random Random => random;

    // Entries of one course stay in order; a correction's Of was its place in the making and becomes the position.
    List<LedgerEntry> Mixed()
    {
        var told = new List<LedgerEntry>();
        while (courses.Exists(course => course.Count > 0))
        {
            var course = Pick(courses.FindAll(course => course.Count > 0));
            var entry = course.Dequeue();
            var position = told.Count + 1;
            positions[(int)entry.Position] = position;
            told.Add(entry with { Position = position, Known = position * 1000L, Of = entry.Of is { } of ? positions[(int)of] : null });
        }

        return told;
    }

    IEnumerable<LedgerEntry> Person(Guid worker)
    {
        for (var times = Chance(15) ? 0 : random.Next(1, 3); times > 0; times--)
        {
            IReadOnlyList<LedgerStatus>? statuses = Chance(30) ? null : [new(Pick(Statuses), From: null, new DateOnly(2025, 6, 1)), new(Pick(Statuses), new DateOnly(2025, 6, 1), To: null)];
            yield return Make(new LedgerEntry
            {
                Kind = EntryKind.Worker,
                On = Day(800),
                Worker = worker,
                Home = Pick(Homes),
                Sex = Chance(50) ? "female" : "male",
                BirthYear = random.Next(1960, 2008),
                Statuses = statuses,
            });
        }
    }

    IEnumerable<LedgerEntry> Firm(Guid firm)
    {
        for (var times = random.Next(0, 3); times > 0; times--)
            yield return Make(new LedgerEntry { Kind = EntryKind.Employer, On = Day(800), Employer = firm, EmployerName = "示例", SiteKind = Chance(30) ? "aid-workshop" : "factory", FujianInvested = Chance(50) });
    }

    IEnumerable<LedgerEntry> Course(Guid placement, Guid worker, Guid? firm)
    {
        var day = Begin.AddDays(random.Next(700));
        LedgerEntry Next(EntryKind kind, int days) => Make(new LedgerEntry { Kind = kind, On = day = day.AddDays(random.Next(days)), Worker = worker, Placement = placement });
        var opened = Next(EntryKind.Opened, 1) with
        {
            Source = Source.SelfReported,
            Employer = firm,
            Trade = "general",
            Workplace = Pick(Workplaces),
            Channel = Pick(ChannelCodes),
            Farm = Chance(8) ? true : null,
            PayFen = Chance(50) ? random.Next(300_000, 700_000) : null,
        };
        yield return opened;
        if (Chance(8))
        {
            yield return Next(EntryKind.Correction, 5) with { Of = opened.Position };
            yield break;
        }

        if (Chance(15))
            yield return Next(EntryKind.Contract, 3) with { Form = Chance(40) ? "internship" : "direct" };
        if (Chance(50))
            yield return Next(EntryKind.Departed, 5) with { Trip = Chance(50) ? Id(9000) : null };
        if (Chance(15))
            yield break;
        var started = Next(EntryKind.Started, 5) with { PayFen = Chance(60) ? random.Next(300_000, 700_000) : null };
        yield return started;
        var first = started.On;
        for (var month = 1; month <= random.Next(0, 9); month++)
        {
            if (Chance(85))
                yield return Make(new LedgerEntry { Kind = EntryKind.Evidence, On = first.AddMonths(month), Worker = worker, Placement = placement, Month = month, Through = Chance(20) ? month + 1 : null, Evidence = "bank" });
        }

        if (Chance(30))
        {
            yield return Next(EntryKind.Leave, 100) with { Until = day.AddDays(10) };
            yield return Next(EntryKind.Back, 20) with { Trip = Chance(50) ? Id(9001) : null };
        }

        LedgerEntry? left = null;
        if (Chance(60))
            yield return left = Next(EntryKind.Left, 300) with { Reason = Chance(50) ? "returned" : "job-change" };
        if (Chance(20))
        {
            yield return Make(new LedgerEntry { Kind = EntryKind.Correction, On = day, Worker = worker, Placement = placement, Of = started.Position });
            yield return Make(started with { Of = started.Position, On = first.AddDays(-random.Next(40)) });
        }

        if (left is not null && Chance(25))
        {
            yield return Make(new LedgerEntry { Kind = EntryKind.Correction, On = day, Worker = worker, Placement = placement, Of = left.Position });
            if (Chance(50))
                yield return Make(left with { Of = left.Position, On = left.On.AddDays(random.Next(60)), Reason = "returned" });
        }
    }

    LedgerEntry Make(LedgerEntry entry) => entry with { Position = ++made };

    static Guid Id(int number) => Guid.Parse($"01900000-0000-7000-8000-{number:000000000000}");

    DateOnly Day(int within) => Begin.AddDays(random.Next(within));

    bool Chance(int percent) => random.Next(100) < percent;

    T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
