using System.Net.Http.Headers;
using LaborBridge.Contracts;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using LaborBridge.Workers;
using Xunit;

namespace LaborBridge.Tests.Services.Rosters;

/// <summary>The Workers service with one who listens, on one database, for the tests of rosters.</summary>
public abstract class RosterHost(SqlKind kind) : IAsyncLifetime
{
    private static int people = 500;

    private ServiceHost? started;

    public ServiceHost Host => started ?? throw new InvalidOperationException("Call Ready first.");

    public SqlKind Kind => kind;

    public HearsWorkers Ear { get; } = new();

    public Caller Clerk { get; } = new("xiji", "马经办", Role.Station, Guid.Parse("01999999-0000-7000-8000-00000000000a"), Employer: null, ["640422"]);

    public ApiCaller Station => Host.As(Clerk);

    public ApiCaller Pengyang => Host.As(new Caller("pengyang", "彭阳", Role.Station, Guid.Parse("01999999-0000-7000-8000-00000000000b"), Employer: null, ["640425"]));

    public static DateOnly Today => ChinaTime.Today(TimeProvider.System);

    /// <summary>An invented ID that no other test uses.</summary>
    public static string NewId(string birth = "19900307") => RosterFiles.InventedId(DateOnly.ParseExact(birth, "yyyyMMdd"), Interlocked.Increment(ref people));

    public async Task Ready()
    {
        if (kind == SqlKind.PostgreSql)
        {
            Requires.PostgreSql();
        }

        started ??= await ServiceHost.Start(kind, [new WorkersService(), new TellsPlacements(), new TellsMatching(), Ear]);
    }

    /// <summary>Sends a file and waits until its job is over.</summary>
    public async Task<Heard> Import(byte[] file, string sheet = "household", string mode = "commit", string name = "花名册.xlsx", ApiCaller? by = null)
    {
        var sent = (await Send(file, sheet, mode, name, by)).Is(202);
        return await Over(sent.Id, by);
    }

    public Task<Heard> Send(byte[] file, string sheet = "household", string mode = "commit", string name = "花名册.xlsx", ApiCaller? by = null, string? key = null, string? language = null)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return (by ?? Station).Post($"/api/rosters?sheet={sheet}&mode={mode}", new MultipartFormDataContent { { content, "file", name } }, key, language);
    }

    public Task<Heard> Over(string id, ApiCaller? by = null) => Wait.For(
        async () => (await (by ?? Station).Get($"/api/rosters/{id}")).Is(200) is { } now && (string?)now.Json["state"] is "done" or "failed" ? now : null, $"roster {id} is over");

    public async Task<IReadOnlyList<(int Row, string Verdict, string Codes, string? Worker)>> Rows(string id, string verdict = "") =>
        [.. (await Station.Get($"/api/rosters/{id}/rows?limit=200{(verdict.Length == 0 ? "" : $"&verdict={verdict}")}")).Is(200).Items.Select(item =>
            ((int)item["row"]!, (string)item["verdict"]!, string.Join(',', item["findings"]!.AsArray().Select(finding => (string?)finding!["code"])), (string?)item["workerId"]))];

    /// <summary>A household row in the columns 姓名 证件号码 县 乡 年度 户编号 成员联系电话 识别标准 务工所在地 务工时间（月） 务工企业名称.</summary>
    public static string[] Person(string id, string name = "马燕", string town = "将台堡镇", string phone = "", string status = "", string place = "", string months = "", string firm = "", string number = "") =>
        [name, id, "西吉县", town, Today.Year.ToString(), number, phone, status, place, months, firm];

    public static byte[] Households(params string[][] rows) =>
        RosterFiles.Xlsx(["姓名", "证件号码", "县", "乡", "年度", "户编号", "成员联系电话", "识别标准", "务工所在地", "务工时间（月）", "务工企业名称"], rows, "花名册");

    public static byte[] Wishes(params string[][] rows) => RosterFiles.Xlsx(["姓名", "证件号码", "外出意愿", "意向地区", "意向工种", "期望月薪", "同意推荐"], rows);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (started is not null)
        {
            await started.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    public sealed class TellsPlacements() : Teller<TellsPlacements>(PlacementEvents.Contract);

    public sealed class TellsMatching() : Teller<TellsMatching>(MatchingEvents.Contract);

    public sealed class HearsWorkers() : Listener<HearsWorkers>("ear", WorkerEvents.Contract);
}

public sealed class SqliteRosters() : RosterHost(SqlKind.Sqlite);

public sealed class PostgreSqlRosters() : RosterHost(SqlKind.PostgreSql);

[CollectionDefinition(Name)]
public sealed class OnSqlite : ICollectionFixture<SqliteRosters>
{
    public const string Name = "Rosters on SQLite";
}

[CollectionDefinition(Name)]
public sealed class OnPostgreSql : ICollectionFixture<PostgreSqlRosters>
{
    public const string Name = "Rosters on PostgreSQL";
}

/// <summary>A test class that runs on each database.</summary>
public abstract class RosterTest(RosterHost host) : IAsyncLifetime
{
    protected RosterHost Rosters { get; } = host;

    public async ValueTask InitializeAsync() => await Rosters.Ready();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
