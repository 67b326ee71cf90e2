using System.Diagnostics;
using System.Net.Http.Headers;
using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using LaborBridge.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace LaborBridge.Tests.Benchmarks;

/// <summary>
/// Searching workers over HTTP, service and clients in this process, SQLite: invented people of all counties of Ningxia, sealed and hashed by the service's own code;
/// each kind of question is asked by a clerk who may, with other values each time, by two clients at once.
/// </summary>
internal static class Search
{
    private static readonly string[] Families = ["马", "马", "马", "王", "李", "张", "杨", "海", "丁", "白", "田", "苏", "哈", "撒", "虎", "冶", "何", "欧阳"];
    private static readonly string[] Given = ["燕", "建国", "秀兰", "小龙", "玉梅", "志强", "晓红", "永平", "彩霞", "学文", "亚楠", "文斌", "春花", "海燕", "军", "丽", "小明", "国强", "桂英", "生俊"];
    private static readonly string[] Statuses = ["registered", "registered", "registered", "registered", "willing", "willing", "willing", "on-post", "on-post", "on-post", "not-now"];
    private static readonly string[] Workplaces = ["350205", "350206", "350112", "350582", "350303", "640422", "640106"];
    private static readonly string[] Skilled = ["garment-sewing", "welding", "electronics-assembly"];

    public static async Task Run(int workers, int rounds = 100)
    {
        await using var host = await ServiceHost.Start(SqlKind.Sqlite, [new WorkersService(), new TellsPlacements(), new TellsMatching()]);
        var towns = Divisions.All(DivisionLevel.Town, DivisionCode.Parse("64")).Select(town => town.Code.ToString()).ToArray();
        var counties = Divisions.All(DivisionLevel.County, DivisionCode.Parse("64")).Select(county => county.Code.ToString()).ToArray();
        var people = await Fill(host, workers, towns, counties);
        var random = new Random(2);
        var xiji = Client(host, Role.Station, "640422");
        var town = Client(host, Role.Station, "640422101");
        var haicang = Client(host, Role.Station, "350205");
        var province = Client(host, Role.Official, "64", "35");
        var day = ChinaTime.Today(TimeProvider.System).AddDays(20).ToString("yyyy-MM-dd");
        (string Kind, HttpClient Client, Func<string> Query)[] kinds =
        [
            ("county, newest", xiji, () => ""),
            ("county, by status", xiji, () => $"status={Any(Statuses)}"),
            ("county, a rare status", xiji, () => "status=travelling"),
            ("county, by trade", xiji, () => $"trade={Any(Skilled)}"),
            ("county, by trade and status", xiji, () => $"trade=general&status={Any(Statuses)}"),
            ("county, free on a day", xiji, () => $"available={day}"),
            ("county, by household status", xiji, () => $"householdStatus={HouseholdStatuses.All[random.Next(HouseholdStatuses.All.Count)].Code}"),
            ("a town of the county", xiji, () => $"division={Town()}&status={Any(Statuses)}"),
            ("a town's own clerk, by trade", town, () => $"trade={Any(Skilled)}"),
            ("receiving district, newest", haicang, () => ""),
            ("receiving district, by status", haicang, () => "status=on-post"),
            ("both provinces, newest", province, () => ""),
            ("both provinces, by status", province, () => $"status={Any(Statuses)}"),
            ("both provinces, by trade and status", province, () => $"trade={Any(Skilled)}&status={Any(Statuses)}"),
            ("a county of the provinces", province, () => $"division={Any(counties)}&status={Any(Statuses)}"),
            ("whole name", xiji, () => $"q={Uri.EscapeDataString(Any(Families) + Any(Given))}"),
            ("first two characters of a name", xiji, () => $"q={Uri.EscapeDataString((Any(Families) + Any(Given))[..2])}"),
            ("… by the provinces", province, () => $"q={Uri.EscapeDataString((Any(Families) + Any(Given))[..2])}"),
            ("whole ID", province, () => $"q={Some().Id}"),
            ("last four of an ID", xiji, () => $"q={Some().Id[^4..]}"),
            ("last six of an ID", xiji, () => $"q={Some().Id[^6..]}"),
            ("whole phone", province, () => $"q={Some().Phone}"),
            ("last four of a phone", xiji, () => $"q={Some().Phone[^4..]}"),
        ];
        foreach (var kind in kinds)
        {
            await Ask(kind.Client, kind.Query());
        }

        var all = new List<double>();
        foreach (var (kind, client, query) in kinds)
        {
            var queries = Enumerable.Range(0, rounds).Select(_ => query()).ToList();
            var (rows, times, busy) = (0, new List<double>(), Environment.CpuUsage.TotalTime);
            foreach (var answers in await Task.WhenAll(queries.Chunk((rounds + 1) / 2).Select(half => Task.Run(() => Each(client, half)))))
            {
                times.AddRange(answers.Select(answer => answer.Milliseconds));
                rows += answers.Sum(answer => answer.Rows);
            }

            all.AddRange(times);
            Print(kind, times, $"{rows / (double)rounds,5:0.0} rows, {(Environment.CpuUsage.TotalTime - busy).TotalMilliseconds / rounds:0.0} ms of processor each with its client");
        }

        Print($"all kinds, {workers:n0} workers, {Environment.ProcessorCount} cores", all, "");
        return;

        string Any(string[] of) => of[random.Next(of.Length)];
        string Town() => Any([.. towns.Where(code => code.StartsWith("640422", StringComparison.Ordinal))]);
        (string Id, string Phone) Some() => people[random.Next(people.Count)];
    }

    private static void Print(string kind, List<double> times, string more)
    {
        times.Sort();
        Console.WriteLine($"  {kind,-40} p50 {times[times.Count / 2],6:0.0} ms  p99 {times[(int)(times.Count * 0.99)],6:0.0} ms  worst {times[^1],6:0.0} ms  {more}");
    }

    private static async Task<List<(double Milliseconds, int Rows)>> Each(HttpClient client, IReadOnlyList<string> queries)
    {
        var answers = new List<(double, int)>();
        foreach (var query in queries)
        {
            var started = Stopwatch.GetTimestamp();
            var rows = await Ask(client, query);
            answers.Add((Stopwatch.GetElapsedTime(started).TotalMilliseconds, rows));
        }

        return answers;
    }

    private static async Task<int> Ask(HttpClient client, string query)
    {
        using var response = await client.GetAsync(new Uri($"/api/workers?{query}", UriKind.Relative));
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? body.Split("\"residentId\"").Length - 1 : throw new InvalidOperationException($"{query}: {body}");
    }

    private static HttpClient Client(ServiceHost host, Role role, params string[] divisions)
    {
        var token = host.Token(new Caller("bench", "bench", role, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), Employer: null, divisions));
        var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<List<(string Id, string Phone)>> Fill(ServiceHost host, int workers, string[] towns, string[] counties)
    {
        var clock = Stopwatch.StartNew();
        var (db, sealing) = (host.Services.GetRequiredService<Db<WorkersService>>(), host.Services.GetRequiredService<Sealing>());
        var (random, people) = (new Random(1), new List<(string, string)>(workers));
        var codes = HouseholdStatuses.All.Select(status => status.Code).ToArray();
        var start = TimeProvider.System.GetUtcNow().AddDays(-700);
        for (var made = 0; made < workers;)
        {
            var portion = new List<(WorkerRow Row, Person Person, Wishes? Wishes)>();
            for (; portion.Count < 5_000 && made < workers; made++)
            {
                var one = Make(random, made, start, towns, counties);
                portion.Add(one);
                people.Add((one.Person.ResidentId.Reveal(), one.Person.Phones[0].Reveal()));
            }

            var done = portion.AsParallel().AsOrdered().Select(one => (Row: sealing.Seal(one.Row, one.Person), Terms: sealing.Terms(one.Row.Id, one.Person), one.Wishes)).ToList();
            await db.Write(async tx =>
            {
                await WorkerStore.Insert(tx, [.. done.Select(one => one.Row)]);
                await WorkerStore.InsertTerms(tx, [.. done.SelectMany(one => one.Terms)]);
                await WorkerStore.InsertTrades(tx, [.. done.SelectMany(one => Stored.Skills(one.Row).Select(skill => skill.Trade).Concat(one.Wishes?.Trades ?? []).Distinct()
                    .Select(trade => new TradeRow(one.Row.County, trade, one.Row.Id)))]);
                await WorkerStore.InsertHouseholds(tx, [.. done.Select(one => one.Row).DistinctBy(row => row.HouseholdNumber).Select(row => new HouseholdRow
                {
                    HouseholdNumber = row.HouseholdNumber!, Division = row.HomeDivision, Statuses = "[]", CurrentStatus = codes[random.Next(codes.Length)],
                })]);
            });
        }

        Console.WriteLine($"{workers:n0} workers stored in {clock.Elapsed.TotalSeconds:0} s");
        return people;
    }

    private static (WorkerRow Row, Person Person, Wishes? Wishes) Make(Random random, int number, DateTimeOffset start, string[] towns, string[] counties)
    {
        var first = $"6499{number / 1000 % 100:00}{new DateOnly(1970, 1, 1).AddDays(number / 100_000 * 400 + random.Next(400)):yyyyMMdd}{number % 1000:000}";
        var id = ResidentId.Parse(first + ResidentId.CheckDigit(first));
        var person = new Person(Families[random.Next(Families.Length)] + Given[random.Next(Given.Length)], id, [Phone.Parse($"13{number % 10}{random.Next(100_000_000):00000000}")], "毛沟村三组", null, "回族");
        // A half lives in the nine counties whose towns are listed, the rest anywhere.
        var home = random.Next(2) == 0 && towns.Length > 0 ? towns[random.Next(towns.Length)] : counties[random.Next(counties.Length)];
        var status = random.Next(200) == 0 ? "travelling" : Statuses[random.Next(Statuses.Length)];
        Wishes? wishes = status == "registered" ? null : new Wishes(
            status != "not-now", ["general"], ["3502"], 450_000, random.Next(2) == 0 ? null : DateOnly.FromDateTime(start.UtcDateTime).AddDays(600 + random.Next(200)), Lodging: true, [], With: null);
        var working = status is "on-post" or "travelling";
        return (new WorkerRow
        {
            Id = Guid.CreateVersion7(start.AddMinutes(number)), Version = 1, IdHash = "", NameHash = "", TailHash = "", Sex = Kebab.Of(id.Sex), BirthYear = id.BirthYear, Hukou = home[..6],
            HomeDivision = home, HouseholdNumber = $"6404{number / 4:000000000}", Skills = Stored.Write(random.Next(5) == 0 ? new[] { new Skill(Skilled[random.Next(Skilled.Length)], "none") } : []),
            Certificates = "[]", SelfGroups = "[]", Wishes = wishes is null ? null : Stored.Write(wishes), Consented = wishes is not null, Proposed = false, RestingStatus = working ? "willing" : status,
            Status = status, AvailableFrom = Worker.AvailableFrom(wishes), WorkplaceDivision = working ? Workplaces[random.Next(Workplaces.Length)] : null, EnteredBy = $"clerk{number % 60}",
            EnteredAt = start.AddMinutes(number), ChangedAt = start.AddMinutes(number),
        }, person, wishes);
    }

    private sealed class TellsPlacements() : Teller<TellsPlacements>(Contracts.PlacementEvents.Contract);

    private sealed class TellsMatching() : Teller<TellsMatching>(Contracts.MatchingEvents.Contract);
}
