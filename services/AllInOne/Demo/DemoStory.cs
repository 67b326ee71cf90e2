using LaborBridge.Domain;
using LaborBridge.Employers;
using LaborBridge.Matching.Offers;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers;
using LaborBridge.Workers.Stations;

namespace LaborBridge.AllInOne.Demo;

/// <summary>
/// Two years of the route, month by month, from a seeded dice and through the handlers that serve requests: firms and postings, people with wishes and people in
/// rosters only, offers, trips, evidence, leaves at the Spring Festival, leavings and returners.
/// </summary>
internal sealed class DemoStory
{
    private const int Seed = 20260617, Months = 24, People = 2000, Firms = 150, Postings = 400, NearHomeFirms = 24;

    private static readonly (string Code, int Weight)[] Homes =
    [
        ("640402", 12), ("640422", 26), ("640423", 9), ("640424", 8), ("640425", 11), ("640522", 14), ("640303", 6), ("640324", 7), ("640323", 3), ("640121104", 4),
    ];

    private static readonly string[] HostStations =
        ["350205", "350203", "350206", "350211", "350212", "350213", "350105", "350121", "350181", "350582", "350525", "350526", "350581", "350604", "350605"];

    private readonly DemoWorld world;
    private readonly Random dice = new(Seed);
    private readonly DemoPeople people;
    private readonly DemoFirms firms;
    private readonly DateOnly today;
    private readonly Dictionary<string, Caller> stations = new(StringComparer.Ordinal);
    private readonly List<(Guid Id, bool NearHome)> employers = [];
    private readonly List<(Guid Id, string County)> seekers = [];
    private readonly List<DemoJob> jobs = [];
    private readonly Caller official = new("demo", "闽宁劳务协作主管", Role.Official, Station: null, Employer: null, ["64", "35"]);
    private readonly DemoTravel travel;

    public DemoStory(DemoWorld world)
    {
        this.world = world;
        people = new DemoPeople(dice);
        firms = new DemoFirms(dice);
        today = ChinaTime.Today(TimeProvider.System);
        travel = new DemoTravel(world, dice, stations);
    }

    /// <summary>Tells it all.</summary>
    public async Task Tell(CancellationToken cancel)
    {
        var first = new DateOnly(today.Year, today.Month, 1).AddMonths(-Months);
        At(first, hour: 8);
        await OpenStations();
        for (var month = 0; month <= Months; month++)
        {
            var begin = first.AddMonths(month);
            await Month(month, begin, cancel);
        }

        await DemoAccounts.Make(world, stations["640422"].Station!.Value, stations["350205"].Station!.Value, employers[0].Id);
    }

    private async Task Month(int month, DateOnly begin, CancellationToken cancel)
    {
        var day = Past(begin);
        At(day, hour: 9);
        await TakeInFirms(Share(Firms, month, front: 8), day);
        await PostRoles(Share(Postings, month, front: 1), day);
        await RegisterPeople(Share(People, month, front: 10), day, cancel);
        At(Past(begin.AddDays(4)), hour: 10);
        await world.Settle(cancel);
        var hired = await Hire(month, cancel);
        await world.Settle(cancel);

        var departure = Past(begin.AddDays(7));
        At(departure, hour: 11);
        jobs.AddRange(await travel.SendOff(hired, departure));
        await travel.Festival(jobs, departure);

        var end = Past(begin.AddDays(26));
        At(end, hour: 15);
        await travel.Prove(jobs, end);
        var left = await travel.Leave(jobs, end);
        await world.Settle(cancel);
        seekers.AddRange(left);
    }

    private async Task OpenStations()
    {
        await DemoWorld.Each(world.Workers, Homes.Select(home => home.Code).Concat(HostStations), async (tx, code) =>
        {
            var side = code.StartsWith("64", StringComparison.Ordinal) ? "sending" : "receiving";
            var name = Divisions.Name(DivisionCode.Parse(code)) + (side == "sending" ? "劳务工作站" : "劳务协作工作站");
            var id = DemoWorld.Made(await AddStation.Handle(tx, Caller.System, new AddStation.Request(name, side, code), world.Clock));
            stations[code] = new Caller("demo-" + code, name + "经办", Role.Station, id, Employer: null, [code]);
        });
    }

    private async Task TakeInFirms(int count, DateOnly day)
    {
        var forms = Enumerable.Range(employers.Count, Math.Min(count, Firms - employers.Count))
            .Select(index => (Index: index, NearHome: index % (Firms / NearHomeFirms) == 5))
            .Select(one => (one.NearHome, Form: firms.Firm(one.Index, one.NearHome ? Homes[one.Index % Homes.Length].Code : null)))
            .ToList();
        var made = new List<(Guid, bool)>();
        await DemoWorld.Each(world.Employers, forms, async (tx, firm) =>
        {
            var id = DemoWorld.Made(await RegisterEmployer.Handle(tx, official, firm.Form, world.Keys, world.Clock));

            // The latest few wait in the verification queue.
            if (day < today.AddDays(-40) || employers.Count + made.Count < Firms - 4)
            {
                DemoWorld.Accepted(await VerifyEmployer.Handle(tx, official, id, new VerifyEmployer.Request("approved", Reason: null), world.Keys, world.Clock));
            }

            made.Add((id, firm.NearHome));
        });
        employers.AddRange(made);
    }

    private Task PostRoles(int count, DateOnly day) =>
        DemoWorld.Each(world.Employers, Enumerable.Range(0, count), async (tx, index) =>
        {
            var (employer, nearHome) = employers[index == 0 ? 0 : dice.Next(employers.Count)];
            var id = DemoWorld.Made(await SavePosting.Handle(tx, official, firms.Posting(employer, dice.Next(1000), nearHome, day), world.Clock, Language.Zh));
            DemoWorld.Accepted(await SubmitPosting.Handle(tx, official, id, new SubmitPosting.Request(), world.Clock, Language.Zh));
        });

    private async Task RegisterPeople(int count, DateOnly day, CancellationToken cancel)
    {
        var bodies = Enumerable.Range(0, count).Select(_ =>
        {
            var home = Pick(Homes);
            var willing = dice.Next(100) < 62;
            return (Home: home, Willing: willing, Prepared: Prepare(stations[home], people.Worker(Town(home), day, willing)));
        }).ToList();
        var working = new List<(Guid Id, string Home)>();
        await DemoWorld.Each(world.Workers, bodies, async (tx, body) =>
        {
            var id = DemoWorld.Made(await RegisterWorker.Handle(tx, stations[body.Home], body.Prepared, world.Writer, world.Clock));
            if (body.Willing)
            {
                seekers.Add((id, body.Home));
            }
            else
            {
                working.Add((id, body.Home));
            }
        });
        await world.Settle(cancel);
        jobs.AddRange(await travel.FoundThemselves(working, day));
    }

    private PreparedWorker Prepare(Caller station, WorkerBody body)
    {
        var (worker, problem) = RegisterWorker.Prepare(station, body, world.Writer, world.Clock);
        return worker ?? throw new InvalidOperationException($"The demo invented a person that cannot be: {string.Join(' ', problem!.Errors.Select(error => $"{error.Field} {error.Code}"))}");
    }

    /// <summary>Offers to those who wait, best postings first; most say yes, some do not, and nobody loses by it.</summary>
    private async Task<List<DemoHire>> Hire(int month, CancellationToken cancel)
    {
        var hired = new List<DemoHire>();
        var busy = new HashSet<Guid>();
        var chosen = seekers.OrderBy(_ => dice.Next()).Take(month is 0 or 1 ? 90 : 60).ToList();
        var offers = chosen
            .Select(seeker => (Seeker: seeker, Best: world.Book.Book.TopPostings(seeker.Id, 6)))
            .Where(one => one.Best is { Count: > 0 })
            .Select(one => (one.Seeker, Posting: one.Best![dice.Next(one.Best.Count)].Posting))
            .ToList();
        cancel.ThrowIfCancellationRequested();

        // The last month's are open today, whenever in that month they were made.
        DateTimeOffset? expires = month == Months ? ChinaTime.Start(today.AddDays(5)) : null;
        await DemoWorld.Each(world.Matching, offers, async (tx, one) =>
        {
            var station = stations[one.Seeker.County];
            var reply = await MakeOffer.Handle(tx, station, new MakeOffer.Request(one.Seeker.Id, one.Posting.Id, expires), round: null, world.Clock, Language.Zh);
            if (reply.Problem is { Code: "seat-taken" or "offer-limit" or "not-eligible" or "already-offered" })
            {
                return;
            }

            // The last month leaves some offers unanswered.
            var offer = DemoWorld.Made(reply);
            var roll = dice.Next(100);
            if (month == Months && roll < 35)
            {
                return;
            }

            var employer = new Caller("demo-firm", "用人单位人事", Role.Employer, Station: null, one.Posting.Employer, []);
            DemoWorld.Accepted(await AnswerOffer.Handle(tx, station, offer, new AnswerOffer.Request("worker", roll < 90 ? "accept" : "decline", roll < 90 ? null : "家中有事"), world.Clock));
            if (roll < 90)
            {
                DemoWorld.Accepted(await AnswerOffer.Handle(tx, employer, offer, new AnswerOffer.Request("employer", roll < 82 ? "accept" : "decline"), world.Clock));
            }

            if (roll < 82 && busy.Add(one.Seeker.Id) && (await FindOffers.Get(tx, offer))!.State == Offer.Accepted)
            {
                hired.Add(new DemoHire(offer, one.Seeker.Id, one.Seeker.County, one.Posting.Employer, one.Posting.Site, one.Posting.GuaranteedPay / 100m));
            }
        });
        seekers.RemoveAll(seeker => hired.Exists(hire => hire.Worker == seeker.Id));
        return hired;
    }

    private static int Share(int all, int month, int front) => month == 0 ? all / (Months + front) * front : all / (Months + front);

    private string Town(string home)
    {
        var below = home.Length == 6 ? Divisions.Below(DivisionCode.Parse(home)) : [];
        return below.Count == 0 ? home : below[dice.Next(below.Count)].Code.ToString();
    }

    // The story never runs ahead of today.
    private DateOnly Past(DateOnly day) => day < today ? day : today;

    private void At(DateOnly day, int hour) => world.Clock.Set(ChinaTime.Start(day).AddHours(hour) is var moment && moment < TimeProvider.System.GetUtcNow() ? moment : TimeProvider.System.GetUtcNow());

    private string Pick((string Code, int Weight)[] choices)
    {
        var at = dice.Next(choices.Sum(choice => choice.Weight));
        return choices.First(choice => (at -= choice.Weight) < 0).Code;
    }
}
