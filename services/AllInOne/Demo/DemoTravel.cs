using LaborBridge.Domain;
using LaborBridge.Placements;
using LaborBridge.Placements.Trips;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.AllInOne.Demo;

/// <summary>Somebody hired over the platform who has not yet left home.</summary>
internal sealed record DemoHire(Guid Placement, Guid Worker, string Home, Guid Employer, string Site, decimal Pay);

/// <summary>A running spell of work.</summary>
internal sealed class DemoJob(Guid placement, Guid worker, string home, Guid? employer, string site, DateOnly firstDay)
{
    public Guid Placement { get; } = placement;
    public Guid Worker { get; } = worker;
    public string Home { get; } = home;
    public Guid? Employer { get; } = employer;
    public string Site { get; } = site;
    public DateOnly FirstDay { get; } = firstDay;
    public bool OnLeave { get; set; }
    public bool Over { get; set; }
}

/// <summary>The placements' side of the story: trips, evidence, leaves, leavings, and work that people found themselves.</summary>
internal sealed class DemoTravel(DemoWorld world, Random dice, IReadOnlyDictionary<string, Caller> stations)
{
    private static readonly string[] Elsewhere = ["640104", "350582", "330106", "320506", "610103", "6501", "440305", "310115"];
    private static readonly string[] OwnWays = ["self", "self", "relatives", "relatives", "labour-company", "broker", "school"];

    /// <summary>Work found without the platform, as rosters and people tell of it.</summary>
    public async Task<List<DemoJob>> FoundThemselves(IReadOnlyList<(Guid Id, string Home)> workers, DateOnly day)
    {
        var jobs = new List<DemoJob>();
        await DemoWorld.Each(world.Placements, workers.Where(_ => dice.Next(100) < 70), async (tx, worker) =>
        {
            var site = dice.Next(100) < 30 ? worker.Home : Elsewhere[dice.Next(Elsewhere.Length)];
            var started = day.AddDays(-dice.Next(5, 120));
            var request = new OpenPlacement.Request(
                worker.Id, dice.Next(3) == 0 ? Source.SelfReported : Source.Roster, new OpenPlacement.Firm(Name: "外地用工单位"), Posting: null, new OpenPlacement.Place(site), OwnWays[dice.Next(OwnWays.Length)],
                started, MonthlyPay: 3500 + (dice.Next(30) * 100));
            jobs.Add(new DemoJob(DemoWorld.Made(await OpenPlacement.Handle(tx, stations[worker.Home], request, world.Rules, world.Clock)), worker.Id, worker.Home, employer: null, site, started));
        });
        return jobs;
    }

    /// <summary>Contracts, then a coach per county and city with a roll call and a handover, then the first day; whoever works near home walks in.</summary>
    public async Task<List<DemoJob>> SendOff(IReadOnlyList<DemoHire> hired, DateOnly day)
    {
        var jobs = new List<DemoJob>();
        await DemoWorld.Each(world.Placements, hired, async (tx, hire) =>
            DemoWorld.Accepted(await Step(tx, hire.Home, hire.Placement, new RecordStep.Request(EntryKind.Contract, day, Form: "direct", Months: 12))));
        await DemoWorld.Each(world.Placements, hired.Where(NearHome), async (tx, hire) =>
        {
            DemoWorld.Accepted(await Step(tx, hire.Home, hire.Placement, new RecordStep.Request(EntryKind.Started, day, MonthlyPay: hire.Pay)));
            jobs.Add(Job(hire, day));
        });
        var coaches = hired.Where(hire => !NearHome(hire)).GroupBy(hire => (hire.Home, City: hire.Site[..4])).SelectMany(group => group.Chunk(40)).ToList();
        await DemoWorld.Each(world.Placements, coaches, async (tx, coach) => jobs.AddRange(await Ride(tx, coach, day)));
        return jobs;
    }

    /// <summary>The Spring Festival: in January most go home on leave, in February they ride back to the post they have.</summary>
    public async Task Festival(IReadOnlyList<DemoJob> jobs, DateOnly day)
    {
        if (day.Month == 1)
        {
            await DemoWorld.Each(world.Placements, jobs.Where(job => job is { Over: false, OnLeave: false } && job.Site.StartsWith("35", StringComparison.Ordinal) && job.FirstDay < day && dice.Next(100) < 55), async (tx, job) =>
            {
                job.OnLeave = (await Step(tx, job.Home, job.Placement, new RecordStep.Request(EntryKind.Leave, day, Until: day.AddDays(28)))).Problem is null;
            });
        }
        else if (day.Month == 2)
        {
            var back = jobs.Where(job => job is { Over: false, OnLeave: true }).GroupBy(job => (job.Home, City: job.Site[..4])).SelectMany(group => group.Chunk(40)).ToList();
            await DemoWorld.Each(world.Placements, back, async (tx, coach) =>
            {
                var trip = await Plan(tx, coach[0].Home, coach[0].Site, coach.Length, day);
                foreach (var job in coach)
                {
                    DemoWorld.Accepted(await BookPassenger.Handle(tx, stations[job.Home], trip, new BookPassenger.Request(job.Placement, PassengerKind.Returning)));
                    job.OnLeave = false;
                }

                DemoWorld.Accepted(await CallRoll.Handle(tx, stations[coach[0].Home], trip, new CallRoll.Request([.. coach.Select(job => job.Placement)], [], day), world.Rules, world.Clock));
            });
        }
    }

    /// <summary>Evidence for the service months that are over: by bank record, roster or firm for those of the platform, by telephone for some of the others.</summary>
    public Task Prove(IReadOnlyList<DemoJob> jobs, DateOnly day) =>
        DemoWorld.Each(world.Placements, jobs.Where(job => !job.Over && ServiceMonths.Completed(job.FirstDay, day) is > 0 and <= 6 && dice.Next(100) < (job.Employer is null ? 35 : 88)), async (tx, job) =>
        {
            var kind = job.Employer is null ? "phone" : new[] { "bank", "roster", "firm" }[dice.Next(3)];
            var month = ServiceMonths.Completed(job.FirstDay, day);
            DemoWorld.Accepted(await Step(tx, job.Home, job.Placement, new RecordStep.Request(EntryKind.Evidence, day, Month: new MonthOfService(month, Calendar: null), Evidence: kind)));
        });

    /// <summary>Some leave: home, elsewhere, at the contract's end. Returners look again.</summary>
    public async Task<List<(Guid, string)>> Leave(IReadOnlyList<DemoJob> jobs, DateOnly day)
    {
        var seekers = new List<(Guid, string)>();
        await DemoWorld.Each(world.Placements, jobs.Where(job => job is { Over: false, OnLeave: false } && job.FirstDay < day && dice.Next(1000) < 55), async (tx, job) =>
        {
            var reason = new[] { "returned", "returned", "job-change", "contract-ended", "other" }[dice.Next(5)];
            DemoWorld.Accepted(await Step(tx, job.Home, job.Placement, new RecordStep.Request(EntryKind.Left, day, Reason: reason)));
            job.Over = true;
            if (reason == "returned" && job.Employer is not null)
            {
                seekers.Add((job.Worker, job.Home));
            }
        });
        return seekers;
    }

    private async Task<List<DemoJob>> Ride(Persistence.Tx tx, DemoHire[] coach, DateOnly day)
    {
        var station = stations[coach[0].Home];
        var trip = await Plan(tx, coach[0].Home, coach[0].Site, coach.Length, day);
        foreach (var hire in coach)
        {
            DemoWorld.Accepted(await BookPassenger.Handle(tx, station, trip, new BookPassenger.Request(hire.Placement, PassengerKind.New)));
        }

        var absent = coach.Where(_ => dice.Next(100) < 3).ToList();
        var present = coach.Except(absent).ToList();
        DemoWorld.Accepted(await CallRoll.Handle(
            tx, station, trip, new CallRoll.Request([.. present.Select(hire => hire.Placement)], [.. absent.Select(hire => new CallRoll.Absentee(hire.Placement, "临时有事，未到场"))], day), world.Rules, world.Clock));
        foreach (var firm in present.GroupBy(hire => hire.Employer))
        {
            DemoWorld.Accepted(await HandOver.Handle(tx, Caller.System, trip, new HandOver.Request(firm.Key, [.. firm.Select(hire => hire.Placement)], day), world.Rules, world.Clock));
        }

        foreach (var hire in present)
        {
            DemoWorld.Accepted(await Step(tx, hire.Home, hire.Placement, new RecordStep.Request(EntryKind.Started, day, MonthlyPay: hire.Pay)));
        }

        return [.. present.Select(hire => Job(hire, day))];
    }

    private async Task<Guid> Plan(Persistence.Tx tx, string home, string site, int seats, DateOnly day) => DemoWorld.Made(await PlanTrip.Handle(
        tx, stations[home], new PlanTrip.Request(TripMode.Coach, Math.Max(seats, 40), [new Leg(home[..6], site, ChinaTime.Start(day).AddHours(8))], "县汽车站，早上七点半集合", "劳务工作站带队干部"), world.Clock));

    private Task<Reply> Step(Persistence.Tx tx, string home, Guid placement, RecordStep.Request step) => RecordStep.Handle(tx, stations[home], placement, step, world.Rules, world.Clock);

    private static bool NearHome(DemoHire hire) => hire.Site.StartsWith("64", StringComparison.Ordinal);

    private static DemoJob Job(DemoHire hire, DateOnly day) => new(hire.Placement, hire.Worker, hire.Home, hire.Employer, hire.Site, day);
}
