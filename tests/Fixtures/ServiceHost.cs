using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LaborBridge.Tests.Fixtures;

/// <summary>
/// Services under test in this process, with their own databases (SQLite files, or databases of the shared PostgreSQL), real tokens, the
/// in-memory transport and HTTP on a free loopback port.
/// </summary>
public sealed class ServiceHost : IAsyncDisposable
{
    private readonly TestAuthority authority;
    private readonly WebApplication app;
    private readonly PostgreSql? cluster;
    private readonly IReadOnlyList<string> databases;
    private readonly TimeProvider time;

    private ServiceHost(TempFolder folder, TestAuthority authority, WebApplication app, PostgreSql? cluster, IReadOnlyList<string> databases, TimeProvider time) =>
        (Folder, this.authority, this.app, this.cluster, this.databases, this.time) = (folder, authority, app, cluster, databases, time);

    /// <summary>The data folder: SQLite files and keys.</summary>
    public TempFolder Folder { get; }

    public IServiceProvider Services => app.Services;

    public Uri Address => new(app.Urls.First());

    /// <summary>Starts services together with neighbours that tests bring (<see cref="Teller{TSelf}"/>, <see cref="Listener{TSelf}"/>).</summary>
    public static async Task<ServiceHost> Start(SqlKind kind, IReadOnlyList<ILaborBridgeService> services, TimeProvider? time = null, params (string Key, string Value)[] settings)
    {
        var authority = new TestAuthority();
        ILaborBridgeService[] all = [.. services, authority];
        var cluster = kind == SqlKind.PostgreSql ? await PostgreSql.Shared() : null;
        var prefix = $"t{Random.Shared.NextInt64():x16}";
        var folder = TempFolder.Create();
        List<KeyValuePair<string, string?>> given = [new("LaborBridge:EmbeddedDefaults", "true"), .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))];
        if (cluster is not null)
        {
            given.Add(new("LaborBridge:Database:Kind", "postgresql"));
            given.Add(new("LaborBridge:Database:ConnectionString", $"{cluster.ConnectionString};Database={prefix}_{{service}}"));
        }

        var app = LaborBridgeHost.Build(["--urls", "http://127.0.0.1:0", "--data", folder.Path], all, builder =>
        {
            builder.Configuration.AddInMemoryCollection(given);
            if (time is not null)
            {
                builder.Services.AddSingleton(time);
            }
        });
        await app.StartAsync();
        return new ServiceHost(folder, authority, app, cluster, cluster is null ? [] : [.. all.Select(service => $"{prefix}_{service.Name}")], time ?? TimeProvider.System);
    }

    /// <summary>A client with a good token of this caller.</summary>
    public ApiCaller As(Caller caller) => new(Address, Token(caller));

    /// <summary>A good token of this caller.</summary>
    public string Token(Caller caller) => authority.Token(Address.ToString().TrimEnd('/'), time.GetUtcNow().AddMinutes(15), caller);

    public ApiCaller As(Role role, string subject, params string[] divisions) => As(new Caller(subject, subject, role, Station: null, Employer: null, divisions));

    /// <summary>A client without a token.</summary>
    public ApiCaller AsAnyone() => new(Address, token: null);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        authority.Dispose();
        foreach (var database in databases)
        {
            await cluster!.Execute($"drop database if exists {database} with (force)");
        }

        Folder.Dispose();
    }
}
