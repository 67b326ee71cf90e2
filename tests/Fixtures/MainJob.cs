using System.Net;
using System.Text.Json.Nodes;
using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;
using Xunit;

namespace LaborBridge.Tests.Fixtures;

/// <summary>
/// The main job from end to end through the HTTP contract: rosters in, a firm verified, a role posted, ranked both ways, an offer accepted by
/// both sides, a trip with a returning passenger, three months of evidence, and the report. Every set-up runs this one scenario.
/// </summary>
public sealed class MainJob(ApiAddresses addresses, string adminName, string adminPassword)
{
    private const string Password = "Jishi-2026-tong";
    private static readonly DateOnly Today = ChinaTime.Today(TimeProvider.System);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Registered people in the order of the roster: a willing one, one with work found by himself, one who returns to a job.</summary>
    private readonly string[] ids = [Id("19900307", 12), Id("19850612", 33), Id("19920918", 24), Id("19881101", 45)];

    private ApiClient admin = null!, station = null!, host = null!, official = null!, employer = null!;

    public string EmployerId { get; private set; } = "";

    public string PostingId { get; private set; } = "";

    public string PlacementId { get; private set; } = "";

    /// <summary>The IDs, phones and names that it puts in, none of which may stand anywhere in clear.</summary>
    public IReadOnlyList<string> Personal =>
        [.. ids, .. Enumerable.Range(1, 6).Select(number => $"1380000000{number}"), "13900000001", "李建国", "马小龙", "杨秀兰", "陈经理"];

    /// <summary>Somebody is looked at in full, copied for himself, and registered with an error; after <see cref="Run"/>.</summary>
    public async Task LookAtSomebody()
    {
        var id = (await station.Get($"/api/workers?q={ids[1]}"))["items"]![0]!["id"]!.GetValue<string>();
        Assert.Equal(ids[1], (await station.Post($"/api/workers/{id}/reveal", new { purpose = "核对身份证办理劳动合同" }))["residentId"]!.GetValue<string>());
        Assert.Equal(ids[1], (await station.Get($"/api/workers/{id}/export"))["residentId"]!.GetValue<string>());
        Assert.Equal("李建国", (await station.Get($"/api/workers?q={Uri.EscapeDataString("李建国")}"))["items"]![0]!["name"]!.GetValue<string>());
        await station.Refused(HttpStatusCode.Conflict, "already-registered", HttpMethod.Post, "/api/workers", new { name = "李建国", residentId = ids[1], phones = new[] { "13800000002" }, hukou = "640422" });
        await station.Refused(HttpStatusCode.BadRequest, "validation", HttpMethod.Post, "/api/workers", new { name = "李建国", residentId = "13800000002", phones = new[] { ids[1] }, hukou = ids[1] });
    }

    /// <summary>Runs it all; throws where anything differs from the contract.</summary>
    public async Task Run()
    {
        await SignUp();
        var workers = await ImportRosters();
        await VerifyAndPost();
        await Match(workers[0]);
        await Offer(workers[0]);
        var returning = await ReturningPassenger(workers[2]);
        await Travel(returning);
        await Evidence(returning);
        await Report(workers);
        await Scope(workers[0]);
    }

    private async Task SignUp()
    {
        admin = await ApiClient.SignIn(addresses, adminName, adminPassword);
        var home = (await admin.Post("/api/stations", new { name = "西吉县劳务工作站", side = "sending", division = "640422" }))["id"]!.GetValue<string>();
        var away = (await admin.Post("/api/stations", new { name = "海沧区劳务协作工作站", side = "receiving", division = "350205" }))["id"]!.GetValue<string>();
        station = await Account("xiji-station", "station", new { station = home, divisions = new[] { "640422" } });
        host = await Account("haicang-station", "station", new { station = away, divisions = new[] { "350205" } });
        official = await Account("both-officials", "official", new { divisions = new[] { "64", "35" } });
    }

    private async Task<ApiClient> Account(string userName, string role, object rest)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(rest)!.AsObject();
        body["userName"] = userName;
        body["password"] = Password;
        body["displayName"] = userName;
        body["role"] = role;
        await admin.Post("/api/accounts", body);
        return await ApiClient.SignIn(addresses, userName, Password);
    }

    private async Task<string[]> ImportRosters()
    {
        string[] header = ["省", "市", "县", "乡", "村", "户编号", "人口编号", "姓名", "证件类型", "证件号码", "成员联系电话", "年度", "与户主关系", "文化程度", "劳动技能", "务工时间（月）", "务工企业名称", "就业渠道", "务工所在地", "识别标准"];
        string[] Row(string name, string id, string phone, string months = "", string firm = "", string channel = "", string place = "", string skill = "普通劳动力") =>
        [
            "宁夏回族自治区", "固原市", "西吉县", "将台堡镇", "毛沟村", "6404220001", "1", name, "居民身份证", id, phone, Today.AddMonths(-1).Year.ToString(), "户主", "初中", skill,
            months, firm, channel, place, "脱贫户",
        ];
        var sheet = Spreadsheets.Xlsx(
            ["西吉县脱贫劳动力务工信息花名册"],
            header,
            Row("马燕", ids[0], "13800000001"),
            Row("李建国", ids[1], "13800000002", "6", "晋江市恒安纸业", "亲友介绍", "福建省泉州市晋江市"),
            Row("马小龙", ids[2], "13800000003"),
            Row("杨秀兰", ids[3], "13800000004"),
            Row("马欣怡", Id("20180405", 26), "", skill: "无劳动力"),
            Row("错一位", ids[0][..17] + (ids[0][17] == '1' ? '2' : '1'), "13800000006"));
        var roster = await Imported("/api/rosters?sheet=household&mode=commit", "花名册.xlsx", sheet);
        Assert.Equal(4, Count(roster, "new"));
        Assert.Equal(1, Count(roster, "nonLabour"));
        Assert.Equal(1, Count(roster, "error"));
        var errors = await station.Get($"/api/rosters/{roster["id"]}/rows?verdict=error");
        Assert.Equal("id-checksum", errors["items"]![0]!["findings"]![0]!["code"]!.GetValue<string>());
        Assert.Equal(8, errors["items"]![0]!["row"]!.GetValue<int>());

        var wishes = Spreadsheets.GbkCsv(
            ["姓名", "证件号码", "外出意愿", "意向地区", "意向工种", "期望月薪", "可出发日期", "食宿要求", "技能证书", "同行人", "同意推荐"],
            ["马燕", $"=\"{ids[0]}\"", "愿意", "厦门市", "普工", "4500", Today.ToString("yyyy-MM-dd"), "需要住宿", "", "", "是"],
            ["杨秀兰", $"=\"{ids[3]}\"", "愿意", "福建省", "普工", "4000", Today.ToString("yyyy-MM-dd"), "", "", "", "是"]);
        await Imported("/api/rosters?sheet=wishes&mode=commit", "意愿.csv", wishes);

        var found = new List<string>();
        foreach (var id in ids)
        {
            var list = await station.Get($"/api/workers?q={id[^4..]}");
            found.Add(list["items"]!.AsArray().Single(worker => worker!["residentId"]!.GetValue<string>().EndsWith(id[^4..], StringComparison.Ordinal))!["id"]!.GetValue<string>());
        }

        var willing = await station.Get($"/api/workers/{found[0]}");
        Assert.Equal("willing", willing["status"]!.GetValue<string>());
        Assert.Equal($"{ids[0][..6]}********{ids[0][14..]}", willing["residentId"]!.GetValue<string>());
        return [.. found];
    }

    private async Task<JsonNode> Imported(string path, string fileName, byte[] file)
    {
        var roster = await station.Upload(path, fileName, file);
        var address = $"/api/rosters/{roster["id"]}";
        await Wait.Until(async () => (await station.Get(address))["state"]!.GetValue<string>() is "done" or "failed", $"{fileName} is imported", Patience);
        var done = await station.Get(address);
        Assert.True(done["state"]!.GetValue<string>() == "done", done.ToJsonString());
        return done;
    }

    private static int Count(JsonNode roster, string verdict) => roster["counts"]![verdict]!.GetValue<int>();

    private async Task VerifyAndPost()
    {
        var firm = await host.Post("/api/employers", new
        {
            name = "厦门海沧示例电子有限公司",
            socialCreditCode = CreditCode(),
            site = new { division = "350205", text = "新阳工业区阳光西路1号", kind = "factory" },
            fujianInvested = true,
            contact = new { name = "陈经理", phone = "13900000001" },
        });
        EmployerId = firm["id"]!.GetValue<string>();
        await official.Post($"/api/employers/{EmployerId}/verification", new { decision = "approved" });
        employer = await Account("haicang-firm", "employer", new { employer = EmployerId, divisions = Array.Empty<string>() });

        var barred = await employer.Post("/api/postings", Posting("限男，18-45岁，押金200元"));
        var problem = await employer.Refused(HttpStatusCode.UnprocessableEntity, "posting-has-errors", HttpMethod.Post, $"/api/postings/{barred["id"]}/submission");
        Assert.Contains(problem["findings"]!.AsArray(), finding => finding!["rule"]!.GetValue<string>() == "fees");

        var posting = await employer.Post("/api/postings", Posting("无特殊要求"));
        PostingId = posting["id"]!.GetValue<string>();
        var submitted = await employer.Post($"/api/postings/{PostingId}/submission");
        Assert.Equal("live", submitted["state"]!.GetValue<string>());

        using var anyone = new ApiClient(addresses, token: null);
        Assert.Contains((await anyone.Get("/api/postings?division=3502"))["items"]!.AsArray(), job => job!["id"]!.GetValue<string>() == PostingId);
    }

    private object Posting(string conditions) => new
    {
        employerId = EmployerId,
        title = "电子装配普工",
        trade = "general",
        headcount = 1,
        work = "手机配件装配、检验、包装",
        conditions,
        pay = new { unit = "month", guaranteed = 5000, high = 6500 },
        lodging = "free",
        canteen = new[] { "canteen", "halal" },
        shifts = "两班倒",
        hazards = Array.Empty<string>(),
        contract = new { form = "direct", months = 12 },
        insurance = new[] { "pension", "work-injury" },
        interview = false,
        medical = false,
        validFrom = Today.ToString("yyyy-MM-dd"),
        validTo = Today.AddDays(60).ToString("yyyy-MM-dd"),
    };

    private async Task Match(string worker)
    {
        var jobs = await Wait.For(async () => (await station.Get($"/api/matching/workers/{worker}/postings?top=20"))["items"]!.AsArray() is { Count: > 0 } some ? some : null, "the posting is ranked for the worker", Patience);
        var job = jobs.Single(one => one!["postingId"]!.GetValue<string>() == PostingId)!;
        Assert.NotEmpty(job["worker"]!["parts"]!.AsArray());
        Assert.All(job["worker"]!["parts"]!.AsArray(), part => Assert.Matches("[\\u4e00-\\u9fa5]", part!["sentence"]!.GetValue<string>()));
        var people = await host.Get($"/api/matching/postings/{PostingId}/workers?top=20");
        Assert.Contains(people["items"]!.AsArray(), one => one!["workerId"]!.GetValue<string>() == worker);
        var why = await station.Get($"/api/matching/explanation?worker={worker}&posting={PostingId}");
        Assert.True(why["eligible"]!.GetValue<bool>());
    }

    private async Task Offer(string worker)
    {
        var offer = await station.Post("/api/offers", new { workerId = worker, postingId = PostingId });
        PlacementId = offer["id"]!.GetValue<string>();
        var half = await station.Post($"/api/offers/{PlacementId}/answers", new { party = "worker", answer = "accept", by = "clerk" });
        Assert.Equal("open", half["state"]!.GetValue<string>());
        var whole = await employer.Post($"/api/offers/{PlacementId}/answers", new { party = "employer", answer = "accept", by = "self" });
        Assert.Equal("accepted", whole["state"]!.GetValue<string>());
        await Wait.Until(async () => (await station.Get($"/api/placements?worker={worker}"))["items"]!.AsArray().Count == 1, "the hire opened a placement", Patience);
        await station.Post($"/api/placements/{PlacementId}/steps", new { kind = "contract", on = Day(Today), form = "direct", months = 12 });
    }

    private async Task<string> ReturningPassenger(string worker)
    {
        var start = Today.AddMonths(-5);
        var placement = await station.Post("/api/placements", new
        {
            workerId = worker,
            source = "self-reported",
            employer = new { id = EmployerId },
            workplace = new { division = "350205", text = "新阳工业区" },
            channel = "station",
            startedOn = Day(start),
            monthlyPay = 5200,
        });
        var id = placement["id"]!.GetValue<string>();
        await station.Post($"/api/placements/{id}/steps", new { kind = "leave", on = Day(Today.AddDays(-10)), until = Day(Today.AddDays(5)) });
        return id;
    }

    private async Task Travel(string returning)
    {
        var trip = await station.Post("/api/trips", new
        {
            mode = "coach",
            capacity = 2,
            legs = new[] { new { from = "640422", to = "350205", departsAt = $"{Day(Today)}T00:00:00Z" } },
            meeting = "西吉县汽车站，早上七点",
            leader = "带队干部",
        });
        var address = $"/api/trips/{trip["id"]}";
        await station.Post($"{address}/passengers", new { placementId = PlacementId, kind = "new" });
        await station.Post($"{address}/passengers", new { placementId = returning, kind = "returning" });
        Assert.Equal(2, (await station.Get($"{address}/manifest"))["passengers"]!.AsArray().Count);
        await station.Post($"{address}/roll-call", new { present = new[] { PlacementId, returning }, absent = Array.Empty<object>() });
        Assert.Equal("travelling", await State(PlacementId));
        await host.Post($"{address}/handover", new { employerId = EmployerId, placements = new[] { PlacementId, returning } });
        Assert.Equal("arrived", await State(PlacementId));
        await employer.Post($"/api/placements/{PlacementId}/steps", new { kind = "started", on = Day(Today), monthlyPay = 5000 });
        Assert.Equal("on-post", await State(PlacementId));
        Assert.Equal("on-post", await State(returning));
    }

    private async Task<string> State(string placement) => (await station.Get($"/api/placements/{placement}"))["state"]!.GetValue<string>();

    private async Task Evidence(string placement)
    {
        for (var month = 5; month >= 3; month--)
        {
            await employer.Post($"/api/placements/{placement}/steps", new { kind = "evidence", on = Day(Today), month = Today.AddMonths(-month).ToString("yyyy-MM"), evidence = "firm" });
        }
    }

    private async Task Report(string[] workers)
    {
        var from = Day(Today.AddYears(-1));
        JsonNode county = null!;
        await Wait.Until(
            async () => (county = await Row("county", "640422"))["workersTransferred"]!.GetValue<int>() == 3,
            "three people count as transferred: by an offer, by their own word, by the roster",
            Patience,
            () => county.ToJsonString());
        Assert.Equal(2, county["arranged"]!.GetValue<int>());
        Assert.Equal(1, county["departures"]!["new"]!.GetValue<int>());
        Assert.Equal(1, county["departures"]!["returning"]!.GetValue<int>());
        Assert.Equal(2, county["departures"]!["toFujian"]!.GetValue<int>());
        Assert.Equal(2, county["pointToPoint"]!.GetValue<int>());
        Assert.Equal(1m, county["outOfProvinceRate"]!.GetValue<decimal>());
        Assert.Equal(3, county["outOfPoverty"]!.GetValue<int>());
        Assert.True(county["stable3Rate"]!.GetValue<decimal>() > 0);

        // As of the day before the trip nobody had departed.
        var before = await station.Get($"/api/outflow/indicators?from={from}&to={Day(Today.AddDays(-1))}&asOf={Day(Today.AddDays(-1))}&by=county");
        Assert.Equal(0, Find(before, "640422")["departures"]!["new"]!.GetValue<int>());

        // 西吉 is paired with 福清, not with 海沧, so none of these belongs to the pairing; the report must still say so per pairing.
        Assert.NotNull((await station.Get($"/api/outflow/indicators?from={from}&by=pairing"))["rows"]);
        var reference = await official.Get("/api/outflow/reference");
        Assert.Contains(reference["items"]?.AsArray() ?? reference.AsArray(), figure => figure!["key"]!.GetValue<string>() == "transfers_cumulative" && figure["unit"]!.GetValue<string>() == "人次");
        Assert.True((await official.Get("/api/outflow/ledger/verification"))["ok"]!.GetValue<bool>());

        async Task<JsonNode> Row(string by, string key) => Find(await station.Get($"/api/outflow/indicators?from={from}&by={by}"), key);
        static JsonNode Find(JsonNode answer, string key) => answer["rows"]!.AsArray().Single(row => row!["key"]!.GetValue<string>() == key)!;
    }

    /// <summary>What lies outside of somebody's sight is not there for him.</summary>
    private async Task Scope(string worker)
    {
        var pengyang = await Account("pengyang-station", "station", new { station = (await admin.Post("/api/stations", new { name = "彭阳县劳务工作站", side = "sending", division = "640425" }))["id"]!.GetValue<string>(), divisions = new[] { "640425" } });
        await pengyang.Refused(HttpStatusCode.NotFound, "not-found", HttpMethod.Get, $"/api/workers/{worker}");
        await pengyang.Refused(HttpStatusCode.NotFound, "not-found", HttpMethod.Get, $"/api/placements/{PlacementId}");
        await employer.Refused(HttpStatusCode.NotFound, "not-found", HttpMethod.Get, $"/api/workers/{worker}");
        await station.Refused(HttpStatusCode.Forbidden, "forbidden-scope", HttpMethod.Post, $"/api/employers/{EmployerId}/verification", new { decision = "approved" });
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd");

    private static string Id(string birth, int serial)
    {
        var first = $"649901{birth}{serial:000}";
        return first + ResidentId.CheckDigit(first);
    }

    private static string CreditCode()
    {
        var organisation = "MA2XJ7K8";
        var first = "91350205" + organisation + SocialCreditCode.OrganisationCheckDigit(organisation);
        return first + SocialCreditCode.CheckDigit(first);
    }
}
