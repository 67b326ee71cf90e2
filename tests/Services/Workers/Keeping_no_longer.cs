using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using LaborBridge.Persistence;
using LaborBridge.Tests.Fixtures;
using LaborBridge.Workers;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LaborBridge.Tests.Services.Workers;

/// <summary>What the person may ask for, and what goes by itself: a copy of everything, erasure everywhere, retention.</summary>
public abstract class Keeping_no_longer(WorkersHost host) : WorkersTest(host)
{
    private static readonly Sql Kept = Sql.Text("SELECT COUNT(*) FROM roster_rows WHERE roster_id = @Roster AND (name IS NOT NULL OR undo IS NOT NULL) AND row_number = @Row");

    private static readonly Sql Age = Sql.Text("UPDATE workers SET changed_at = @At WHERE id = @Worker");

    private static readonly Sql AgeSteps = Sql.Text("UPDATE worker_steps SET known_at = @At WHERE worker_id = @Worker");

    private static readonly Sql Steps = Sql.Text("SELECT COUNT(*) FROM worker_steps WHERE worker_id = @Worker");

    private Db<WorkersService> Db => Workers.Host.Services.GetRequiredService<Db<WorkersService>>();

    [Fact]
    public async Task gives_the_person_everything_and_writes_that_down()
    {
        var id = WorkersHost.NewId();
        var worker = (await Workers.Station.Post("/api/workers", WorkersHost.Body(id, "马副本", "13500001111", household: $"6404{Random.Shared.Next(100_000_000):000000000}"))).Is(201).Id;
        (await Workers.Station.Post($"/api/workers/{worker}/trainings", new { trade = "garment-sewing", on = WorkersHost.Today, hours = 40 })).Is(201);
        var before = (long)(await Workers.Official.Get("/api/access-log/verification")).Json["entries"]!;

        var copy = (await Workers.Station.Get($"/api/workers/{worker}/export")).Is(200).Json;

        Assert.Equal(("马副本", id, "13500001111", "毛沟村三组", "哮喘", "东乡族"), (
            (string)copy["name"]!, (string)copy["residentId"]!, (string)copy["phones"]![0]!, (string)copy["address"]!["text"]!, (string)copy["health"]!, (string)copy["ethnicGroup"]!));
        Assert.Equal("general", (string?)copy["wishes"]!["trades"]![0]);
        Assert.Equal(40, (int)copy["trainings"]![0]!["hours"]!);
        Assert.Single(copy["consents"]!.AsArray());
        Assert.Contains(copy["timeline"]!.AsArray(), step => (string?)step!["kind"] == "registered");
        Assert.Contains(copy["seenBy"]!.AsArray(), seen => ((string)seen!["purpose"]!).Contains("PIPL 45", StringComparison.Ordinal));

        using var http = new HttpClient { BaseAddress = Workers.Host.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Workers.Host.Token(WorkersHost.Xiji));
        var sheet = await http.GetByteArrayAsync(new Uri($"/api/workers/{worker}/export.xlsx", UriKind.Relative), TestContext.Current.CancellationToken);
        using var document = SpreadsheetDocument.Open(new MemoryStream(sheet), isEditable: false);
        var lines = document.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Row>().Select(row => row.Elements<Cell>().Select(cell => cell.InnerText).ToList())
            .ToDictionary(line => line[0], line => line[1], StringComparer.Ordinal);
        Assert.Equal(("马副本", id, "哮喘"), (lines["姓名"], lines["公民身份号码"], lines["健康状况"]));

        var after = (await Workers.Official.Get("/api/access-log/verification")).Json;
        Assert.Equal((before + 2, true), ((long)after["entries"]!, (bool)after["ok"]!));
        (await Workers.Pengyang.Get($"/api/workers/{worker}/export")).Is(404, "not-found");
        (await Workers.Collector().Get($"/api/workers/{worker}/export")).Is(403, "forbidden-scope");
        (await Workers.Admin.Get($"/api/workers/{worker}/export")).Is(403, "forbidden-scope");
        (await Workers.Station.Post($"/api/workers/{worker}/erasure", new { reason = "本人要求" })).Is(200);
        (await Workers.Station.Get($"/api/workers/{worker}/export")).Is(409, "erased");
    }

    [Fact]
    public async Task leaves_nothing_of_an_erased_person_in_rosters()
    {
        var today = WorkersHost.Today;
        var rows = RosterFiles.Households(40, seed: 77, today.Year, today).Where(row => row[6].Length > 0).Select(row => row.ToArray()).ToList();
        await Over(await Send(rows, "commit"));
        var unchanged = await Send(rows, "dry-run");
        await Over(unchanged);
        foreach (var row in rows)
        {
            row[17] = row[17] == "高中" ? "初中" : "高中";
        }

        var changed = await Send(rows, "commit");
        await Over(changed);
        var line = (await Workers.Station.Get($"/api/rosters/{changed}/rows?verdict=updated")).Is(200).Items[0];
        var (worker, number) = ((string)line["workerId"]!, (int)line["row"]!);
        Assert.Equal(1, await Kept_(changed));
        Assert.Equal(1, await Kept_(unchanged));

        (await Workers.Station.Post($"/api/workers/{worker}/erasure", new { reason = "本人要求" })).Is(200);

        Assert.Equal(0, await Kept_(changed));
        Assert.Equal(0, await Kept_(unchanged));
        (await Workers.Station.Get($"/api/rosters/{changed}/result.xlsx")).Is(410, "expired");
        (await Workers.Station.Post($"/api/rosters/{unchanged}/commit", new { })).Is(410, "expired");

        // The others of the roster can still be taken back; the erased one stays erased.
        (await Workers.Station.Post($"/api/rosters/{changed}/undo", new { })).Is(202);
        Assert.Equal(1, (int)(await Over(changed)).Json["undo"]!["kept"]!);
        Assert.True((bool)(await Workers.Station.Get($"/api/workers/{worker}")).Json["erased"]!);

        Task<long> Kept_(string roster) => Db.Read(tx => tx.Scalar<long>(Kept, new { Roster = Guid.Parse(roster), Row = number }));
    }

    [Fact]
    public async Task erases_whom_nothing_was_heard_of_for_three_years_and_tells_beforehand()
    {
        var (old, nearly, heardOf) = ((await Workers.Register()).Id, (await Workers.Register()).Id, (await Workers.Register()).Id);
        var now = TimeProvider.System.GetUtcNow();
        await Db.Write(async tx =>
        {
            foreach (var (worker, at) in new[] { (old, now.AddYears(-3).AddDays(-2)), (nearly, now.AddYears(-3).AddDays(2)) })
            {
                await tx.Execute(Age, new { Worker = Guid.Parse(worker), At = at });
                await tx.Execute(AgeSteps, new { Worker = Guid.Parse(worker), At = at });
            }

            await tx.Execute(Age, new { Worker = Guid.Parse(heardOf), At = now.AddYears(-4) });
        });

        Assert.Equal("1 people", await Reported());
        (await Workers.Official.Get("/api/retention")).Is(403);
        var told = (await Workers.Admin.Get("/api/retention")).Is(200).Json;
        Assert.Equal((3, WorkersHost.Today.AddYears(-3).ToString("yyyy-MM-dd"), "people", 1), ((int)told["years"]!, (string?)told["before"], (string?)told["due"]![0]!["what"], (int)told["due"]![0]!["count"]!));
        var before = await Gone("people");
        Assert.Equal(1, await Workers.Host.Services.GetRequiredService<Retention>().Run(TestContext.Current.CancellationToken));

        Assert.True((bool)(await Workers.Station.Get($"/api/workers/{old}")).Json["erased"]!);
        Assert.False((bool)(await Workers.Station.Get($"/api/workers/{nearly}")).Json["erased"]!);
        Assert.False((bool)(await Workers.Station.Get($"/api/workers/{heardOf}")).Json["erased"]!);
        Assert.Equal("0 people", await Reported());
        Assert.Equal(before + 1, await Gone("people"));
        var gone = await Gone("timeline");

        // The service record goes three years after it ended, with the step that said so.
        await Db.Write(tx => tx.Execute(AgeSteps, new { Worker = Guid.Parse(old), At = now.AddYears(-4) }));
        await Workers.Host.Services.GetRequiredService<Retention>().Run(TestContext.Current.CancellationToken);
        Assert.Equal(0, await Db.Read(tx => tx.Scalar<long>(Steps, new { Worker = Guid.Parse(old) })));
        Assert.NotEqual(0, await Db.Read(tx => tx.Scalar<long>(Steps, new { Worker = Guid.Parse(nearly) })));
        Assert.True(await Gone("timeline") > gone);

        async Task<long> Gone(string what) => (await Workers.Admin.Get("/api/retention")).Is(200).Json["done"]!.AsArray().Sum(day => (long?)day!["gone"]![what] ?? 0);
    }

    [Fact]
    public async Task withdraws_at_once_what_a_firm_may_see()
    {
        var worker = (await Workers.Register()).Id;
        var firm = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var given = (await Workers.Station.Post($"/api/workers/{worker}/consents", new { purpose = "disclosure", receiver = firm, form = "paper" })).Is(201);
        var hr = Workers.Employer(firm);
        (await hr.Get($"/api/workers/{worker}")).Is(200);

        (await Workers.Station.Delete($"/api/workers/{worker}/consents/{given.Id}", given.ETag)).Is(204);

        (await hr.Get($"/api/workers/{worker}")).Is(404, "not-found");
        Assert.Empty((await hr.Get("/api/workers")).Is(200).Items);
        Assert.Empty((await hr.Get($"/api/workers?q={Uri.EscapeDataString("马燕")}")).Is(200).Items);
    }

    [Fact]
    public async Task shows_whether_somebody_is_over_the_age_of_retirement_and_no_finer_date_of_birth()
    {
        var old = (await Workers.Register(WorkersHost.NewId($"{WorkersHost.Today.Year - 66}0307"))).Id;
        var young = (await Workers.Register()).Id;
        Assert.True((bool)(await Workers.Station.Get($"/api/workers/{old}")).Json["overRetirementAge"]!);
        var shown = (await Workers.Station.Get($"/api/workers/{young}")).Json;
        Assert.False((bool)shown["overRetirementAge"]!);
        Assert.DoesNotContain("1990-03-07", shown.ToJsonString(), StringComparison.Ordinal);
        Assert.True((await Workers.Ear.Of<LaborBridge.Contracts.WorkerRecorded>(Guid.Parse(old))).OverRetirementAge);
    }

    private async Task<string> Reported()
    {
        using var said = new StringWriter();
        Assert.Equal(0, await Retention.ReportCommand.Run(Workers.Host.Services, said, TestContext.Current.CancellationToken));
        return said.ToString().Split('\n')[1].Trim();
    }

    private async Task<string> Send(IReadOnlyList<IReadOnlyList<string>> rows, string mode)
    {
        var content = new ByteArrayContent(RosterFiles.Xlsx(RosterFiles.HouseholdColumns, rows, "花名册"));
        return (await Workers.Station.Post($"/api/rosters?sheet=household&mode={mode}", new MultipartFormDataContent { { content, "file", "花名册.xlsx" } })).Is(202).Id;
    }

    private Task<Heard> Over(string id) => Wait.For(
        async () => (await Workers.Station.Get($"/api/rosters/{id}")).Is(200) is { } now && (string?)now.Json["state"] is "done" or "failed" ? now : null, "the job is over", TimeSpan.FromMinutes(2));
}

[Collection(OnSqlite.Name)]
public sealed class Keeping_no_longer_on_SQLite(SqliteWorkers host) : Keeping_no_longer(host);

[Collection(OnPostgreSql.Name)]
public sealed class Keeping_no_longer_on_PostgreSQL(PostgreSqlWorkers host) : Keeping_no_longer(host);
