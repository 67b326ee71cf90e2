using System.Text.Json.Nodes;
using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace LaborBridge.Tests.Services.ServiceDefaults;

public sealed class Operating_streams_on_SQLite() : Operating_streams(SqlKind.Sqlite);

public sealed class Operating_streams_on_PostgreSQL() : Operating_streams(SqlKind.PostgreSql);

/// <summary>What health says of a stuck stream, and what an operator can do about it by HTTP.</summary>
public abstract class Operating_streams(SqlKind kind) : IAsyncLifetime
{
    private const string Streams = "/api/operations/copier/streams";

    private readonly Source source = new();
    private readonly Copier copier = new();
    private ServiceHost host = null!;

    private ApiCaller Admin => host.As(new Caller("7", "赵管理", Role.Admin, Station: null, Employer: null, []));

    public async ValueTask InitializeAsync()
    {
        if (kind == SqlKind.PostgreSql)
        {
            Requires.PostgreSql();
        }

        host = await ServiceHost.Start(kind, [source, copier]);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task health_is_degraded_with_stream_position_and_reason_while_one_is_stuck()
    {
        await Wait.Until(async () => (string?)(await Health())["status"] == "ok", "all is well at first");
        await GetStuckAtSecond();

        var health = await Health();

        Assert.Equal("degraded", (string?)health["status"]);
        var stream = health["services"]!.AsArray().Single(service => (string?)service!["service"] == "copier")!["streams"]!.AsArray()
            .Single(stream => (string?)stream!["stream"] == "matching")!;
        Assert.Equal(2, (long)stream["stuck"]!["position"]!);
        Assert.Equal("seat-freed", (string?)stream["stuck"]!["kind"]);
        Assert.Contains("the shelf is full", (string?)stream["stuck"]!["reason"], StringComparison.Ordinal);

        copier.Ill = false;
        (await Admin.Post($"{Streams}/replay", new { stream = "matching", reason = "搁板已清空" })).Is(202);

        await Wait.Until(async () => (string?)(await Health())["status"] == "ok", "the cured stream goes on");
    }

    [Fact]
    public async Task a_skip_needs_a_reason_and_a_key_and_is_kept_with_who_did_it()
    {
        await GetStuckAtSecond();

        Assert.Equal("required", (await Admin.Post($"{Streams}/skip", new { stream = "matching", position = 2 })).Is(400, "validation").FieldCode("reason"));
        (await Admin.Send(HttpMethod.Post, $"{Streams}/skip", new { stream = "matching", position = 2, reason = "手工补录" })).Is(400, "idempotency-key-required");
        (await Admin.Post($"{Streams}/skip", new { stream = "matching", position = 1, reason = "手工补录" })).Is(409, "not-stuck-there");
        (await host.As(Role.Official, "official", "64").Post($"{Streams}/skip", new { stream = "matching", position = 2, reason = "手工补录" })).Is(403);
        Assert.Equal("matching", (await Stuck())?.Stream);

        var key = ApiCaller.NewKey();
        (await Admin.Post($"{Streams}/skip", new { stream = "matching", position = 2, reason = "手工补录" }, key)).Is(204);
        (await Admin.Post($"{Streams}/skip", new { stream = "matching", position = 2, reason = "手工补录" }, key)).Is(204);

        await Wait.Until(async () => (await Status()) is { Stuck: null, Checkpoint: 3 }, "the stream goes on behind the skipped event");
        var act = Assert.Single((await Admin.Get(Streams)).Is(200).Json["acts"]!.AsArray())!;
        Assert.Equal(("skip", "matching", 2, "seat-freed", "手工补录", "赵管理 (7)"), (
            (string?)act["act"], (string?)act["stream"], (long)act["position"]!, (string?)act["kind"], (string?)act["reason"], (string?)act["who"]));
        Assert.Contains("the shelf is full", (string?)act["failure"], StringComparison.Ordinal);
        Assert.Equal([1, 3], copier.Applied);
    }

    [Fact]
    public async Task a_rebuild_sent_twice_is_done_once()
    {
        copier.Ill = false;
        await source.Tell((Guid.Empty, new SeatFreed(Guid.Empty)), (Guid.Empty, new SeatFreed(Guid.Empty)));
        await Wait.Until(async () => (await Status()).Checkpoint == 2, "the copy is made");

        var key = ApiCaller.NewKey();
        (await Admin.Post($"{Streams}/replay", new { stream = "matching", reason = "怀疑副本有误", rebuild = true }, key)).Is(202);
        (await Admin.Post($"{Streams}/replay", new { stream = "matching", reason = "怀疑副本有误", rebuild = true }, key)).Is(202);

        await Wait.Until(() => Task.FromResult(copier.Applied.Count == 4), "the copy is made anew");
        Assert.Equal(1, copier.Rebuilds);
        Assert.Equal("rebuild", (string?)Assert.Single((await Admin.Get(Streams)).Json["acts"]!.AsArray())!["act"]);
        (await Admin.Post($"{Streams}/replay", new { stream = "nobody", reason = "-" })).Is(404);
    }

    private async Task GetStuckAtSecond()
    {
        copier.Ill = true;
        await source.Tell([.. Enumerable.Range(0, 3).Select(_ => (Guid.Empty, (object)new SeatFreed(Guid.Empty)))]);
        await Wait.Until(async () => await Stuck() is not null, "the stream is stuck");
    }

    private async Task<JsonObject> Health() => (await host.AsAnyone().Get("/health/ready")).Is(200).Json;

    private async Task<StreamStatus> Status() => (await host.Services.GetServices<StreamMonitor>().Single(monitor => monitor.Service == "copier").Read()).Single(status => status.Stream == "matching");

    private async Task<StreamStatus?> Stuck() => await Status() is { Stuck: not null } status ? status : null;

    private sealed record SeatFreed(Guid Offer);

    private sealed class Source() : Teller<Source>(Contract)
    {
        public static readonly StreamContract Contract = new("matching", new Dictionary<string, Type> { ["seat-freed"] = typeof(SeatFreed) }, new HashSet<string>());
    }

    /// <summary>Cannot apply the second event while it is ill.</summary>
    private sealed class Copier : ILaborBridgeService
    {
        public string Name => "copier";

        public volatile bool Ill;

        public List<long> Applied { get; } = [];

        public int Rebuilds { get; private set; }

        public void Add(IHostApplicationBuilder builder) => builder.Services.AddEventStream<Copier>(
            Name,
            new EventCatalog(Name, new Dictionary<string, Type>(), new HashSet<string>()),
            new Subscription(new EventCatalog(Source.Contract.Name, Source.Contract.Kinds, Source.Contract.Ignorable))
                .On<SeatFreed>((tx, _, context) =>
                {
                    if (Ill && context.Position == 2)
                    {
                        throw new InvalidOperationException("the shelf is full");
                    }

                    tx.AfterCommit(() => Applied.Add(context.Position));
                    return Task.CompletedTask;
                })
                .OnRebuild(tx =>
                {
                    tx.AfterCommit(() => Rebuilds++);
                    return Task.CompletedTask;
                }));

        public void Map(IEndpointRouteBuilder app)
        {
        }
    }
}
