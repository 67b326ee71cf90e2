using LaborBridge.Contracts;
using LaborBridge.Persistence;
using LaborBridge.Placements;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;

namespace LaborBridge.Tests.Services.Placements;

public sealed class Workers() : Teller<Workers>(WorkerEvents.Contract);

public sealed class Employers() : Teller<Employers>(EmployerEvents.Contract);

public sealed class Matching() : Teller<Matching>(MatchingEvents.Contract);

public sealed class Ear() : Listener<Ear>("ear", PlacementEvents.Contract);

public sealed class OfficeOnSqlite() : Office(SqlKind.Sqlite);

public sealed class OfficeOnPostgreSql() : Office(SqlKind.PostgreSql);

/// <summary>The Placements service with neighbours that tell it of workers, firms and hires.</summary>
public abstract class Office(SqlKind kind) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private Task<ServiceHost>? host;

    public static DateOnly Today => ChinaTime.Today(TimeProvider.System);

    public Workers Workers { get; } = new();

    public Employers Employers { get; } = new();

    public Matching Matching { get; } = new();

    public Ear Ear { get; } = new();

    /// <summary>A firm in 海沧 that the service knows once <see cref="Open"/> is through.</summary>
    public Guid Firm { get; } = NewId();

    /// <summary>Starts it once; skips the test where the database is missing.</summary>
    public Task<ServiceHost> Open()
    {
        if (kind == SqlKind.PostgreSql)
        {
            Requires.PostgreSql();
        }

        lock (gate)
        {
            return host ??= Start();
        }
    }

    /// <summary>A clerk in 西吉.</summary>
    public async Task<ApiCaller> Sending() => (await Open()).As(Role.Station, "xiji", "640422");

    /// <summary>A clerk in 海沧.</summary>
    public async Task<ApiCaller> Receiving() => (await Open()).As(Role.Station, "haicang", "350205");

    public async Task<ApiCaller> Hr(Guid? firm = null) => (await Open()).As(new Caller("hr", "hr", Role.Employer, Station: null, firm ?? Firm, []));

    /// <summary>Tells of a worker and waits until the copy is there.</summary>
    public async Task<Guid> Worker(string home = "640422101", int birthYear = 1990, string? status = "out-of-poverty")
    {
        var host = await Open();
        var id = NewId();
        IReadOnlyList<DatedStatus> statuses = status is null ? [] : [new DatedStatus(status, new DateOnly(2020, 1, 1), To: null)];
        await Workers.Tell((id, new WorkerRecorded(id, home, Station: null, "female", birthYear, statuses, OverRetirementAge: false)));
        await Wait.Until(async () => await Db(host).Read(tx => tx.Scalar<long>(KnownWorker, new { Id = id })) == 1, "the worker is known");
        return id;
    }

    /// <summary>Tells of a hire and waits for the placement.</summary>
    public async Task<Guid> Hire(Guid worker, string workplace = "350205", DateOnly? on = null)
    {
        var id = NewId();
        await Matching.Tell((id, new WorkerHired(id, worker, NewId(), Firm, workplace, "新阳工业区", "general", "direct", 500_000, on ?? Today.AddMonths(-4))));
        var admin = (await Open()).As(Role.Admin, "admin");
        await Wait.Until(async () => (await admin.Get($"/api/placements/{id}")).Status == 200, "the hire opened a placement");
        return id;
    }

    public static Db<PlacementsService> Db(ServiceHost host) => (Db<PlacementsService>)host.Services.GetService(typeof(Db<PlacementsService>))!;

    public static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd");

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await (await host).DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private async Task<ServiceHost> Start()
    {
        var started = await ServiceHost.Start(kind, [new PlacementsService(), Workers, Employers, Matching, Ear], time: null, ("LaborBridge:Placements:DaysAhead", "400"));
        await Employers.Tell((Firm, new EmployerRecorded(Firm, "厦门海沧示例电子有限公司", "approved", "350205", "factory", FujianInvested: true)));
        return started;
    }

    private static readonly Sql KnownWorker = Sql.Text("SELECT COUNT(*) FROM worker WHERE id = @Id AND recorded = 1");
}
