using Npgsql;

namespace LaborBridge.Tests.Fixtures;

/// <summary>
/// PostgreSQL for tests. <see cref="Shared"/> is the cluster of <c>tests/run</c>, or one started once for this process; a test class works in
/// a database of its own. <see cref="StartOwn"/> is for tests that kill the server.
/// </summary>
public sealed class PostgreSql : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgreSql>> OncePerProcess = new(UseGivenOrStart);

    private readonly PrivateServer? server;

    private PostgreSql(string connectionString, PrivateServer? server) => (ConnectionString, this.server) = (connectionString, server);

    public static bool IsAvailable => Given is not null
        || (Directory.Exists("/usr/lib/postgresql") && Directory.EnumerateFiles("/usr/lib/postgresql", "initdb", SearchOption.AllDirectories).Any());

    /// <summary>Of the maintenance database, as its administrator.</summary>
    public string ConnectionString { get; }

    private static string? Given => Environment.GetEnvironmentVariable("LABORBRIDGE_TEST_POSTGRESQL") is { Length: > 0 } given ? given : null;

    public static Task<PostgreSql> Shared() => OncePerProcess.Value;

    /// <summary>A cluster that nobody else uses: about 2 seconds.</summary>
    public static async Task<PostgreSql> StartOwn()
    {
        var started = new PrivateServer("postgresql");
        await started.Start();
        var cluster = new PostgreSql($"Host=127.0.0.1;Port={started.Port};Username=postgres", started);
        await cluster.Ready();
        return cluster;
    }

    /// <summary>A new empty database, dropped with the returned object.</summary>
    public async Task<ScratchDatabase> CreateDatabase()
    {
        var name = $"t{Random.Shared.NextInt64():x16}";
        await Execute($"create database {name} template template0");
        return new ScratchDatabase(this, name);
    }

    /// <summary>SIGKILL.</summary>
    public Task Kill() => Own.Kill();

    /// <summary>Ends it in order, and every connection with it.</summary>
    public Task Stop() => Own.Stop(Signal.Interrupt);

    /// <summary>Starts it again after <see cref="Kill"/> or <see cref="Stop"/> on the same port and data.</summary>
    public async Task Start()
    {
        await Own.Start();
        await Ready();
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    internal async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection($"{ConnectionString};Database=postgres;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private PrivateServer Own => server ?? throw new InvalidOperationException("This cluster serves others too: use PostgreSql.StartOwn().");

    // It takes connections before it has recovered.
    private Task Ready() => Wait.Until(async () => { await Execute("select 1"); return true; }, "the private PostgreSQL answers", TimeSpan.FromSeconds(60));

    private static async Task<PostgreSql> UseGivenOrStart() => Given is { } given ? new PostgreSql(given, server: null) : await StartOwn();
}

/// <summary>A database of one test class.</summary>
public sealed class ScratchDatabase(PostgreSql cluster, string name) : IAsyncDisposable
{
    public string Name => name;

    public string ConnectionString { get; } = $"{cluster.ConnectionString};Database={name}";

    public async ValueTask DisposeAsync() => await cluster.Execute($"drop database {name} with (force)");
}
