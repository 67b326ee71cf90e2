using LaborBridge.Contracts;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using LaborBridge.Workers;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LaborBridge.Tests.Services.Workers;

public abstract class Personal_data(WorkersHost host) : WorkersTest(host)
{
    private static readonly Sql LastEntry = Sql.Text("SELECT purpose FROM access_log WHERE worker_id = @Worker AND actor = 'hr' AND actor_role = 'employer'");

    private static readonly Sql KeptAnswers = Sql.Text("SELECT COUNT(*) FROM idempotency WHERE body IS NOT NULL AND resource >= @From AND resource < @To");

    private static readonly Sql Remove = Sql.Text("DELETE FROM access_log WHERE entry = @Entry");

    private static readonly Sql Move = Sql.Text("UPDATE access_log SET entry = @To WHERE entry = @From");

    private static readonly Sql Tamper = Sql.Text("UPDATE access_log SET purpose = @Purpose WHERE entry = @Entry");

    [Fact]
    public async Task are_shown_for_a_purpose_and_written_down()
    {
        var id = WorkersHost.NewId();
        var worker = await Workers.Register(id);
        var before = (long)(await Workers.Official.Get("/api/access-log/verification")).Is(200).Json["entries"]!;
        var shown = (await Workers.Station.Post($"/api/workers/{worker.Id}/reveal", new { purpose = "核对身份证办理劳动合同" })).Is(200);
        Assert.Equal((id, "13800000000", "马燕"), ((string)shown.Json["residentId"]!, (string)shown.Json["phones"]![0]!, (string)shown.Json["name"]!));
        var after = (await Workers.Official.Get("/api/access-log/verification")).Is(200);
        Assert.Equal((before + 1, true), ((long)after.Json["entries"]!, (bool)after.Json["ok"]!));
        Assert.Contains((await Workers.Station.Get($"/api/workers/{worker.Id}/timeline")).Items, item => (string?)item["kind"] == "revealed");
    }

    [Theory]
    [InlineData("", "required")]
    [InlineData("电话 13800000000", "purpose-has-number")]
    public async Task are_not_shown_without_a_proper_purpose(string purpose, string code)
    {
        var worker = await Workers.Register();
        Assert.Equal(code, (await Workers.Station.Post($"/api/workers/{worker.Id}/reveal", new { purpose })).Is(400, "validation").FieldCode("purpose"));
    }

    [Fact]
    public async Task are_not_shown_to_collectors_administrators_and_others()
    {
        var worker = await Workers.Register();
        var body = new { purpose = "核对" };
        (await Workers.Collector().Post($"/api/workers/{worker.Id}/reveal", body)).Is(403, "forbidden-scope");
        (await Workers.Admin.Post($"/api/workers/{worker.Id}/reveal", body)).Is(403, "forbidden-scope");
        (await Workers.Pengyang.Post($"/api/workers/{worker.Id}/reveal", body)).Is(404, "not-found");
    }

    [Fact]
    public async Task shown_and_denied_later_break_the_chain()
    {
        var worker = await Workers.Register();
        for (var i = 0; i < 3; i++)
        {
            (await Workers.Station.Post($"/api/workers/{worker.Id}/reveal", new { purpose = "核对" })).Is(200);
        }

        var entries = (long)(await Workers.Official.Get("/api/access-log/verification")).Json["entries"]!;
        var db = Workers.Host.Services.GetRequiredService<Db<WorkersService>>();
        await db.Write(tx => tx.Execute(Tamper, new { Purpose = "别的", Entry = entries - 1 }));
        var broken = (await Workers.Official.Get("/api/access-log/verification")).Is(200);
        Assert.Equal((false, entries - 1), ((bool)broken.Json["ok"]!, (long)broken.Json["firstBroken"]!));
        await db.Write(tx => tx.Execute(Tamper, new { Purpose = "核对", Entry = entries - 1 }));
        Assert.True((bool)(await Workers.Official.Get("/api/access-log/verification")).Json["ok"]!);
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("removed")]
    [InlineData("swapped")]
    [InlineData("cut off")]
    public async Task shown_are_missed_by_the_command_when_an_entry_is(string what)
    {
        await using var host = await ServiceHost.Start(Workers.Kind, [new WorkersService(), new WorkersHost.TellsPlacements(), new WorkersHost.TellsMatching()]);
        var (clerk, db) = (host.As(WorkersHost.Xiji), host.Services.GetRequiredService<Db<WorkersService>>());
        var worker = (await clerk.Post("/api/workers", WorkersHost.Body(WorkersHost.NewId()))).Is(201).Id;
        for (var i = 0; i < 5; i++)
        {
            (await clerk.Post($"/api/workers/{worker}/reveal", new { purpose = $"核对第{i}次" })).Is(200);
        }

        Assert.Equal((0, "5 entries"), await Verify());

        var broken = await db.Write<long>(async tx =>
        {
            switch (what)
            {
                case "changed":
                    await tx.Execute(Tamper, new { Purpose = "别的", Entry = 3 });
                    return 3;
                case "removed":
                    await tx.Execute(Remove, new { Entry = 2 });
                    return 2;
                case "swapped":
                    await tx.Execute(Move, new { From = 3, To = 99 });
                    await tx.Execute(Move, new { From = 4, To = 3 });
                    await tx.Execute(Move, new { From = 99, To = 4 });
                    return 3;
                default:
                    await tx.Execute(Remove, new { Entry = 5 });
                    return 5;
            }
        });

        Assert.Equal((1, $"Entry {broken} of 5"), await Verify());
        Assert.Equal(broken, (long)(await host.As(Role.Official, "official", "64").Get("/api/access-log/verification")).Is(200).Json["firstBroken"]!);

        async Task<(int, string)> Verify()
        {
            using var said = new StringWriter();
            var code = await AccessLog.VerifyCommand.Run(host.Services, said, TestContext.Current.CancellationToken);
            var words = said.ToString().Split(' ');
            return (code, code == 0 ? string.Join(' ', words[..2]).TrimEnd(',') : string.Join(' ', words[..4]));
        }
    }

    [Fact]
    public async Task are_gone_after_erasure_and_the_id_stays()
    {
        var id = WorkersHost.NewId();
        var worker = await Workers.Register(id);
        var key = Guid.Parse(worker.Id);
        (await Workers.Pengyang.Post($"/api/workers/{key}/erasure", new { reason = "本人要求" })).Is(404, "not-found");
        (await Workers.Station.Post($"/api/workers/{key}/erasure", new { reason = "本人要求" })).Is(200);
        var shown = (await Workers.Station.Get($"/api/workers/{key}")).Is(200);
        Assert.Equal(("out", true, "", 0), ((string)shown.Json["status"]!, (bool)shown.Json["erased"]!, (string)shown.Json["residentId"]!, shown.Json["phones"]!.AsArray().Count));
        Assert.Equal(1990, (int)shown.Json["birthYear"]!);
        Assert.Empty((await Workers.Station.Get($"/api/workers?q={id}")).Items);
        await Workers.Ear.Of<WorkerErased>(key);
        Assert.Equal("consent-withdrawn", (await Workers.Ear.Of<WorkerNotWilling>(key)).Reason);
        (await Workers.Station.Post($"/api/workers/{key}/reveal", new { purpose = "核对" })).Is(409, "erased");
        (await Workers.Station.Put($"/api/workers/{key}", new { name = "马燕" }, shown.ETag)).Is(409, "erased");
        Assert.NotEqual(worker.Id, (await Workers.Register(id)).Id);
    }

    [Fact]
    public async Task shown_to_a_firm_by_consent_are_written_down_once_a_day()
    {
        var worker = (await Workers.Register()).Id;
        var firm = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var hr = Workers.Employer(firm);
        (await hr.Get($"/api/workers/{worker}")).Is(404, "not-found");
        Assert.Empty((await hr.Get($"/api/workers?ids={worker}")).Is(200).Items);
        var db = Workers.Host.Services.GetRequiredService<Db<WorkersService>>();
        Assert.Empty(await Entries());

        (await Workers.Station.Post($"/api/workers/{worker}/consents", new { purpose = "disclosure", receiver = firm, form = "paper" })).Is(201);
        Assert.Equal("马燕", (string?)Assert.Single((await hr.Get($"/api/workers?ids={worker}")).Is(200).Items)["name"]);
        Assert.Equal("马燕", (string?)Assert.Single((await hr.Get("/api/workers")).Is(200).Items)["name"]);
        (await hr.Get($"/api/workers/{worker}")).Is(200);

        Assert.Equal($"disclosure by consent to firm {firm}", Assert.Single(await Entries()));
        Assert.True((bool)(await Workers.Official.Get("/api/access-log/verification")).Json["ok"]!);

        Task<List<string>> Entries() => db.Read(tx => tx.Query<string>(LastEntry, new { Worker = Guid.Parse(worker) }));
    }

    [Fact]
    public async Task are_gone_from_kept_answers_after_erasure_and_a_repeated_registration_brings_nobody_back()
    {
        var body = WorkersHost.Body(WorkersHost.NewId());
        var key = ApiCaller.NewKey();
        var worker = (await Workers.Station.Post("/api/workers", body, key)).Is(201);
        (await Workers.Station.Post($"/api/workers/{worker.Id}/reveal", new { purpose = "核对" })).Is(200);
        Assert.Equal(2, await Kept());

        (await Workers.Station.Post($"/api/workers/{worker.Id}/erasure", new { reason = "本人要求" })).Is(200);

        // The erasure's own answer holds no person.
        Assert.Equal(1, await Kept());
        (await Workers.Station.Post("/api/workers", body, key)).Is(410, "erased");

        Task<long> Kept() => Workers.Host.Services.GetRequiredService<Db<WorkersService>>().Read(
            tx => tx.Scalar<long>(KeptAnswers, new { From = $"/api/workers/{worker.Id}", To = $"/api/workers/{worker.Id}0" }));
    }

    [Fact]
    public async Task are_gone_from_kept_answers_about_transfers_and_duplicates_too()
    {
        var id = WorkersHost.NewId();
        var worker = await Workers.Register(id, "虎雅琴");
        var (asking, deciding, deciding2) = (ApiCaller.NewKey(), ApiCaller.NewKey(), ApiCaller.NewKey());
        var request = new { residentId = id, name = "虎雅琴", hukou = "640425", reason = "虎雅琴户口迁来" };
        var asked = (await Workers.Pengyang.Post("/api/transfers", request, asking)).Is(201);
        Assert.Equal("虎**", (string?)asked.Json["name"]);
        var refusal = new { decision = "refused", reason = "虎雅琴本人不同意" };
        (await Workers.Station.Post($"/api/transfers/{asked.Id}/decision", refusal, deciding)).Is(200);
        var other = await Workers.Register(name: "虎雅琴");
        var pair = (await Wait.For(
            async () => (await Workers.Station.Get($"/api/duplicates?limit=200&worker={worker.Id}")).Is(200).Items.FirstOrDefault(item => item.ToString().Contains(other.Id, StringComparison.Ordinal)),
            "the pair is in the queue"))["id"]!.ToString();
        (await Workers.Station.Post($"/api/duplicates/{pair}/difference", new { }, deciding2)).Is(200);
        Assert.Equal(3, await Kept());

        (await Workers.Station.Post($"/api/workers/{worker.Id}/erasure", new { reason = "本人要求" })).Is(200);

        Assert.Equal(0, await Kept());
        (await Workers.Pengyang.Post("/api/transfers", request, asking)).Is(410, "erased");
        (await Workers.Station.Post($"/api/transfers/{asked.Id}/decision", refusal, deciding)).Is(410, "erased");
        (await Workers.Station.Post($"/api/duplicates/{pair}/difference", new { }, deciding2)).Is(410, "erased");

        async Task<long> Kept() => await Count($"/api/transfers/{asked.Id}") + await Count($"/api/duplicates/{pair}");

        Task<long> Count(string resource) => Workers.Host.Services.GetRequiredService<Db<WorkersService>>().Read(
            tx => tx.Scalar<long>(KeptAnswers, new { From = resource, To = $"{resource}0" }));
    }

    [Fact]
    public async Task stay_while_a_spell_of_work_runs()
    {
        var id = Guid.Parse((await Workers.Register()).Id);
        var placement = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await Workers.Placements.Tell((placement, new PlacementOpened(placement, id, "roster", null, null, "350205", "on-post", Running: true)));
        await Wait.Until(async () => (string?)(await Workers.Station.Get($"/api/workers/{id}")).Json["status"] == "on-post", "the worker is on post");
        (await Workers.Station.Post($"/api/workers/{id}/erasure", new { reason = "本人要求" })).Is(409, "placement-running");
    }
}

[Collection(OnSqlite.Name)]
public sealed class Personal_data_on_SQLite(SqliteWorkers host) : Personal_data(host);

[Collection(OnPostgreSql.Name)]
public sealed class Personal_data_on_PostgreSQL(PostgreSqlWorkers host) : Personal_data(host);
