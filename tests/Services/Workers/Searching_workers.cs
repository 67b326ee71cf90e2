using LaborBridge.Contracts;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using LaborBridge.Workers;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LaborBridge.Tests.Services.Workers;

public abstract class Searching_workers(WorkersHost host) : WorkersTest(host)
{
    private static readonly Sql MakeOld = Sql.Text("UPDATE workers SET start_hash = '', available_from = NULL WHERE id = @Id");

    private static readonly Sql DropPhones = Sql.Text("DELETE FROM worker_terms WHERE worker_id = @Id AND kind = 'phone'");

    private static readonly Sql CountPhones = Sql.Text("SELECT COUNT(*) FROM worker_terms WHERE worker_id = @Id AND kind = 'phone'");

    [Fact]
    public async Task finds_by_the_last_digits_of_id_and_phone_and_the_beginning_of_a_name()
    {
        var id = WorkersHost.NewId();
        var worker = (await Workers.Station.Post("/api/workers", WorkersHost.Body(id, "慕容明珠", "13512348765"))).Is(201).Id;
        foreach (var q in new[] { id[^4..], id[^6..], id[^6..].ToLowerInvariant(), "8765", "慕容明珠", "慕容", " 慕 容 " })
        {
            Assert.True((await Ids(Workers.Station, $"q={Uri.EscapeDataString(q)}")).Contains(worker), q);
            Assert.DoesNotContain(worker, await Ids(Workers.Pengyang, $"q={Uri.EscapeDataString(q)}"));
            Assert.DoesNotContain(worker, await Ids(Workers.Collector(), $"q={Uri.EscapeDataString(q)}"));
        }

        // The same last four, other digits before them.
        var other = $"{(id[^6] == '9' ? '0' : '9')}{id[^5..]}";
        Assert.DoesNotContain(worker, await Ids(Workers.Station, $"q={other}"));
        Assert.DoesNotContain(worker, await Ids(Workers.Station, $"q={Uri.EscapeDataString("明珠")}"));
        Assert.Equal("too-short", (await Workers.Station.Get($"/api/workers?q={Uri.EscapeDataString("慕")}")).Is(400, "validation").FieldCode("q"));
    }

    [Fact]
    public async Task follows_a_corrected_name_and_phone()
    {
        var worker = (await Workers.Station.Post("/api/workers", WorkersHost.Body(WorkersHost.NewId(), "端木改前", "13512340001"))).Is(201);
        (await Workers.Station.Put($"/api/workers/{worker.Id}", new { name = "上官改后", phones = new[] { "13512340002" } }, worker.ETag)).Is(200);
        Assert.Contains(worker.Id, await Ids(Workers.Station, "q=上官"));
        Assert.Contains(worker.Id, await Ids(Workers.Station, "q=0002"));
        Assert.DoesNotContain(worker.Id, await Ids(Workers.Station, "q=端木"));
        Assert.DoesNotContain(worker.Id, await Ids(Workers.Station, "q=0001"));
    }

    [Fact]
    public async Task filters_by_the_day_from_which_somebody_is_free()
    {
        var soon = await Registered(WorkersHost.Today.AddDays(10));
        var now = await Workers.Register();
        var unwilling = await Workers.Register(willing: false);
        var today = await Ids(Workers.Station, $"available={WorkersHost.Today:yyyy-MM-dd}");
        Assert.Contains(now.Id, today);
        Assert.DoesNotContain(soon, today);
        Assert.DoesNotContain(unwilling.Id, today);
        var later = await Ids(Workers.Station, $"available={WorkersHost.Today.AddDays(10):yyyy-MM-dd}&trade=general&division=640422101");
        Assert.Contains(soon, later);
        Assert.Contains(now.Id, later);
        Assert.Equal("malformed", (await Workers.Station.Get("/api/workers?available=tomorrow")).Is(400, "validation").FieldCode("available"));

        async Task<string> Registered(DateOnly from) => (await Workers.Station.Post("/api/workers", new
        {
            name = "马后来", residentId = WorkersHost.NewId(), phones = Array.Empty<string>(), hukou = "640422", address = new { division = "640422101" },
            wishes = new { willing = true, trades = new[] { "general" }, from }, consents = new[] { new { purpose = "recommendation", form = "paper" } },
        })).Is(201).Id;
    }

    [Fact]
    public async Task gives_the_same_people_whatever_index_a_question_is_read_from()
    {
        var household = $"6404{Random.Shared.Next(100_000_000):000000000}";
        var listed = (await Workers.Station.Post("/api/workers", WorkersHost.Body(WorkersHost.NewId(), household: household))).Is(201).Id;
        foreach (var clerk in new[] { Workers.Station, Workers.Official, Workers.Host.As(Role.Official, "guyuan", "6404"), Workers.Host.As(Role.Station, "town", "640422101"), Workers.Admin })
        {
            foreach (var place in new[] { "", "64", "6404", "640422", "640422101" })
            {
                foreach (var more in new[] { "", "&status=willing", "&trade=garment-sewing", "&status=willing&trade=garment-sewing", $"&trade=general&available={WorkersHost.Today:yyyy-MM-dd}" })
                {
                    Assert.True((await Ids(clerk, $"division={place}{more}")).Contains(listed), $"{place}{more}");
                    Assert.DoesNotContain(listed, await Ids(clerk, $"division=640425{more}"));
                }

                Assert.DoesNotContain(listed, await Ids(clerk, $"division={place}&status=not-now&trade=garment-sewing"));
                Assert.DoesNotContain(listed, await Ids(clerk, $"division={place}&trade=welding"));
            }
        }

        Assert.DoesNotContain(listed, await Ids(Workers.Pengyang, "division=64"));
        Assert.DoesNotContain(listed, await Ids(Workers.Haicang, "division="));
    }

    [Fact]
    public async Task goes_through_all_pages_in_order_without_doubles_where_home_and_workplace_are_both_seen()
    {
        // 640424 is this test's own.
        var clerk = Workers.Host.As(Role.Station, "longde", "640424");
        var entered = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            var worker = (await clerk.Post("/api/workers", new { name = "马分页", residentId = WorkersHost.NewId(), phones = Array.Empty<string>(), hukou = "640424" })).Is(201).Id;
            entered.Add(worker);
            if (i % 2 == 0)
            {
                var placement = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
                await Workers.Placements.Tell((placement, new PlacementOpened(placement, Guid.Parse(worker), "roster", null, null, "640424", "on-post", Running: true)));
            }
        }

        await Wait.Until(async () => (await Ids(clerk, "status=on-post")).Count == 4, "four are on post");
        var (seen, next) = (new List<string>(), "");
        do
        {
            var part = (await clerk.Get($"/api/workers?limit=2{next}")).Is(200);
            seen.AddRange(part.Items.Select(item => (string)item["id"]!));
            next = (string?)part.Json["next"] is { } cursor ? $"&cursor={cursor}" : "";
        }
        while (next.Length > 0);
        Assert.Equal(Enumerable.Reverse(entered.Order(StringComparer.Ordinal)), seen);
    }

    [Fact]
    public async Task finds_those_of_an_earlier_version_once_they_are_indexed()
    {
        var worker = (await Workers.Station.Post("/api/workers", WorkersHost.Body(WorkersHost.NewId(), "皇甫旧档", "13512347777"))).Is(201).Id;
        var db = Workers.Host.Services.GetRequiredService<Db<WorkersService>>();
        await db.Write(async tx =>
        {
            await tx.Execute(MakeOld, new { Id = Guid.Parse(worker) });
            await tx.Execute(DropPhones, new { Id = Guid.Parse(worker) });
        });
        Assert.DoesNotContain(worker, await Ids(Workers.Station, "q=皇甫"));

        var index = Workers.Host.Services.GetRequiredService<IndexWorkers>();
        Assert.True(await index.Next(TestContext.Current.CancellationToken) > 0);

        Assert.Contains(worker, await Ids(Workers.Station, "q=皇甫"));
        Assert.Contains(worker, await Ids(Workers.Station, "q=7777"));
        Assert.Contains(worker, await Ids(Workers.Station, $"available={WorkersHost.Today:yyyy-MM-dd}"));
        Assert.Equal(1, await db.Read(tx => tx.Scalar<long>(CountPhones, new { Id = Guid.Parse(worker) })));
        Assert.Equal(0, await index.Next(TestContext.Current.CancellationToken));
    }

    private static async Task<List<string>> Ids(ApiCaller caller, string query) => [.. (await caller.Get($"/api/workers?limit=200&{query}")).Is(200).Items.Select(item => (string)item["id"]!)];
}

[Collection(OnSqlite.Name)]
public sealed class Searching_workers_on_SQLite(SqliteWorkers host) : Searching_workers(host);

[Collection(OnPostgreSql.Name)]
public sealed class Searching_workers_on_PostgreSQL(PostgreSqlWorkers host) : Searching_workers(host);
