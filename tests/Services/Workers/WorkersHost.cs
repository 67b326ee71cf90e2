using LaborBridge.Contracts;
using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using LaborBridge.Workers;
using Xunit;

namespace LaborBridge.Tests.Services.Workers;

/// <summary>The Workers service with neighbours, started once per database and shared by the test classes of its collection.</summary>
public abstract class WorkersHost(SqlKind kind) : IAsyncLifetime
{
    private static int people;

    private ServiceHost? started;

    public SqlKind Kind => kind;

    public ServiceHost Host => started ?? throw new InvalidOperationException("Call Ready first.");

    public TellsPlacements Placements { get; } = new();

    public TellsMatching Matching { get; } = new();

    public HearsWorkers Ear { get; } = new();

    public ApiCaller Station => Host.As(Xiji);

    public ApiCaller Pengyang => Host.As(Role.Station, "pengyang", "640425");

    public ApiCaller Haicang => Host.As(Role.Station, "haicang", "350205");

    public ApiCaller Official => Host.As(Role.Official, "official", "64");

    public ApiCaller Admin => Host.As(Role.Admin, "admin");

    public static Caller Xiji { get; } = new("xiji", "马经办", Role.Station, Guid.Parse("01999999-0000-7000-8000-00000000000a"), Employer: null, ["640422"]);

    public static DateOnly Today => ChinaTime.Today(TimeProvider.System);

    public ApiCaller Employer(Guid firm) => Host.As(new Caller("hr", "hr", Role.Employer, Station: null, firm, []));

    public ApiCaller Collector(string subject = "collector") => Host.As(Role.Collector, subject, "640422");

    /// <summary>An invented ID that no other test uses.</summary>
    public static string NewId(string birth = "19900307")
    {
        var number = Interlocked.Increment(ref people);
        var first = $"6499{number / 1000:00}{birth}{number % 1000:000}";
        return first + ResidentId.CheckDigit(first);
    }

    public static object Body(string id, string name = "马燕", string phone = "13800000000", bool? willing = true, string? household = null, object? statuses = null) => new
    {
        name,
        residentId = id,
        phones = new[] { phone },
        hukou = "640422",
        address = new { division = "640422101", text = "毛沟村三组" },
        householdNumber = household,
        householdStatuses = statuses,
        education = "junior-middle",
        labourCapacity = "ordinary",
        health = "哮喘",
        // No word that stands in the name of a region, which may be read in the files.
        ethnicGroup = "东乡族",
        skills = new[] { new { trade = "garment-sewing", grade = "none" } },
        wishes = willing is null ? null : new { willing, trades = new[] { "general" }, places = new[] { "3502" }, monthlyPay = 4500, lodging = true },
        consents = willing is null ? [] : new[] { new { purpose = "recommendation", form = "paper" } },
    };

    public async Task<Heard> Register(string? id = null, string name = "马燕", bool? willing = true) =>
        (await Station.Post("/api/workers", Body(id ?? NewId(), name, willing: willing))).Is(201);

    public async Task Ready()
    {
        if (kind == SqlKind.PostgreSql)
        {
            Requires.PostgreSql();
        }

        started ??= await ServiceHost.Start(kind, [new WorkersService(), Placements, Matching, Ear]);
    }

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

public sealed class SqliteWorkers() : WorkersHost(SqlKind.Sqlite);

public sealed class PostgreSqlWorkers() : WorkersHost(SqlKind.PostgreSql);

[CollectionDefinition(Name)]
public sealed class OnSqlite : ICollectionFixture<SqliteWorkers>
{
    public const string Name = "Workers on SQLite";
}

[CollectionDefinition(Name)]
public sealed class OnPostgreSql : ICollectionFixture<PostgreSqlWorkers>
{
    public const string Name = "Workers on PostgreSQL";
}

/// <summary>A test class that runs on each database: derive once per host.</summary>
public abstract class WorkersTest(WorkersHost host) : IAsyncLifetime
{
    protected WorkersHost Workers { get; } = host;

    public async ValueTask InitializeAsync() => await Workers.Ready();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
