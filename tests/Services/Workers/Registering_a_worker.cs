using LaborBridge.Contracts;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Workers;

public abstract class Registering_a_worker(WorkersHost host) : WorkersTest(host)
{
    [Fact]
    public async Task answers_with_masks_and_the_status()
    {
        var id = WorkersHost.NewId();
        var worker = await Workers.Register(id);
        Assert.Equal($"/api/workers/{worker.Id}", worker.Location);
        Assert.Equal("\"1\"", worker.ETag);
        Assert.Equal($"{id[..6]}********{id[^4..]}", (string?)worker.Json["residentId"]);
        Assert.Equal("138****0000", (string?)worker.Json["phones"]![0]);
        Assert.Equal(("willing", "马燕", 1990, 4500m), ((string)worker.Json["status"]!, (string)worker.Json["name"]!, (int)worker.Json["birthYear"]!, (decimal)worker.Json["wishes"]!["monthlyPay"]!));
        Assert.True((long)worker.Json["position"]! > 0);
        var shown = (await Workers.Station.Get($"/api/workers/{worker.Id}")).Is(200);
        Assert.Equal((string?)worker.Json["residentId"], (string?)shown.Json["residentId"]);
        Assert.DoesNotContain(id, shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("13800000000", shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("哮喘", shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("东乡族", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task tells_statistics_and_Matching_without_personal_data()
    {
        var id = WorkersHost.NewId("20090101");
        var worker = Guid.Parse((await Workers.Register(id)).Id);
        var willing = await Workers.Ear.Of<WorkerWilling>(worker);
        Assert.Equal(["recorded", "consent", "willing"], Workers.Ear.HeardOf(worker).Select(told => told switch
        {
            WorkerRecorded => "recorded",
            ConsentGiven => "consent",
            WorkerWilling => "willing",
            _ => told.GetType().Name,
        }));
        Assert.Equal(("640422101", 450_000L, new DateOnly(2027, 1, 1)), (willing.HomeDivision, willing.MonthlyPayFen, willing.Turns18On));
        var recorded = await Workers.Ear.Of<WorkerRecorded>(worker);
        Assert.Equal((2009, WorkersHost.Xiji.Station), (recorded.BirthYear, recorded.Station));
        Assert.All(Workers.Ear.HeardOf(worker), told => Assert.DoesNotContain("马燕", System.Text.Json.JsonSerializer.Serialize(told, told.GetType(), JsonText.Options), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("residentId", "649901199003070020", "residentId", "id-checksum")]
    [InlineData("residentId", "6.42223E+17", "residentId", "id-destroyed")]
    [InlineData("residentId", "", "residentId", "id-missing")]
    [InlineData("name", " ", "name", "name-missing")]
    [InlineData("hukou", "649999", "hukou", "division-unknown")]
    [InlineData("education", "phd", "education", "unknown-value")]
    public async Task refuses_bad_input(string member, string value, string field, string code)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(WorkersHost.Body(WorkersHost.NewId()))!.AsObject();
        body[member] = value;
        body.Remove("address");
        var refused = (await Workers.Station.Post("/api/workers", body)).Is(400, "validation");
        Assert.Equal(code, refused.FieldCode(field));
    }

    [Fact]
    public async Task refuses_somebody_under_16()
    {
        var id = WorkersHost.NewId(WorkersHost.Today.AddYears(-16).AddDays(1).ToString("yyyyMMdd"));
        Assert.Equal("under-16", (await Workers.Station.Post("/api/workers", WorkersHost.Body(id))).Is(400, "validation").FieldCode("residentId"));
        Assert.Empty((await Workers.Station.Get($"/api/workers?q={id}")).Is(200).Items);
    }

    [Fact]
    public async Task speaks_Chinese_and_on_request_English()
    {
        var body = WorkersHost.Body("6.42223E+17");
        Assert.Contains("文本", (await Workers.Station.Post("/api/workers", body)).Text, StringComparison.Ordinal);
        Assert.Contains("as text", (await Workers.Station.Post("/api/workers", body, language: "en")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task flags_somebody_over_the_retirement_age()
    {
        var worker = await Workers.Register(WorkersHost.NewId("19500101"));
        Assert.True((bool)worker.Json["overRetirementAge"]!);
        Assert.True((await Workers.Ear.Of<WorkerRecorded>(Guid.Parse(worker.Id))).OverRetirementAge);
    }

    [Fact]
    public async Task refuses_whom_it_knows_and_names_the_record_to_those_in_scope()
    {
        var id = WorkersHost.NewId();
        var first = await Workers.Register(id);
        var again = (await Workers.Station.Post("/api/workers", WorkersHost.Body(id.Insert(6, " "), "马艳"))).Is(409, "already-registered");
        Assert.Equal(first.Id, (string?)again.Json["workerId"]);
        var body = System.Text.Json.JsonSerializer.SerializeToNode(WorkersHost.Body(id))!.AsObject();
        body["hukou"] = "640425";
        body.Remove("address");
        var elsewhere = (await Workers.Pengyang.Post("/api/workers", body)).Is(409, "already-registered");
        Assert.False(elsewhere.Json.ContainsKey("workerId"));
    }

    [Fact]
    public async Task lets_one_of_many_at_once_win()
    {
        var body = WorkersHost.Body(WorkersHost.NewId());
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Workers.Station.Post("/api/workers", body)));
        Assert.Equal([201, 409, 409, 409, 409, 409, 409, 409], answers.Select(answer => answer.Status).Order());
    }

    [Fact]
    public async Task answers_a_repeated_key_with_the_first_answer()
    {
        var (key, body) = (ApiCaller.NewKey(), WorkersHost.Body(WorkersHost.NewId()));
        var first = (await Workers.Station.Post("/api/workers", body, key)).Is(201);
        var again = (await Workers.Station.Post("/api/workers", body, key)).Is(201);
        Assert.Equal(first.Text, again.Text);
    }

    [Fact]
    public async Task refuses_a_repeated_key_with_another_body()
    {
        var key = ApiCaller.NewKey();
        (await Workers.Station.Post("/api/workers", WorkersHost.Body(WorkersHost.NewId()), key)).Is(201);
        var id = WorkersHost.NewId();
        (await Workers.Station.Post("/api/workers", WorkersHost.Body(id), key)).Is(422, "idempotency-key-reused");
        Assert.Empty((await Workers.Station.Get($"/api/workers?q={id}")).Is(200).Items);
    }

    [Fact]
    public async Task needs_a_key() => (await Workers.Station.Send(HttpMethod.Post, "/api/workers", WorkersHost.Body(WorkersHost.NewId()))).Is(400, "idempotency-key-required");

    [Fact]
    public async Task is_for_the_station_of_the_home()
    {
        (await Workers.Pengyang.Post("/api/workers", WorkersHost.Body(WorkersHost.NewId()))).Is(403, "forbidden-scope");
        (await Workers.Haicang.Post("/api/workers", WorkersHost.Body(WorkersHost.NewId()))).Is(403, "forbidden-scope");
        (await Workers.Collector().Post("/api/workers", WorkersHost.Body(WorkersHost.NewId()))).Is(201);
    }

    [Fact]
    public async Task is_not_for_officials_firms_and_strangers()
    {
        var body = WorkersHost.Body(WorkersHost.NewId());
        (await Workers.Official.Post("/api/workers", body)).Is(403, "forbidden-scope");
        (await Workers.Employer(Guid.Empty).Post("/api/workers", body)).Is(403, "forbidden-scope");
        (await Workers.Admin.Post("/api/workers", body)).Is(403, "forbidden-scope");
        (await Workers.Host.AsAnyone().Post("/api/workers", body)).Is(401, "unauthenticated");
    }

    [Fact]
    public async Task leaves_nothing_readable_in_the_files()
    {
        var (id, phone) = (WorkersHost.NewId(), "13712345678");
        (await Workers.Station.Post("/api/workers", WorkersHost.Body(id, "欧阳无名", phone))).Is(201);
        var files = Directory.GetFiles(Workers.Host.Folder.Path, "*.db*");
        foreach (var file in files)
        {
            var bytes = await ReadShared(file);
            Assert.All(new[] { id, phone, "欧阳无名", "毛沟村三组", "哮喘", "东乡族" }, secret =>
                Assert.True(bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)) < 0, $"'{secret}' stands in {Path.GetFileName(file)}"));
        }

        static async Task<byte[]> ReadShared(string file)
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes[..read];
        }
    }
}

[Collection(OnSqlite.Name)]
public sealed class Registering_a_worker_on_SQLite(SqliteWorkers host) : Registering_a_worker(host);

[Collection(OnPostgreSql.Name)]
public sealed class Registering_a_worker_on_PostgreSQL(PostgreSqlWorkers host) : Registering_a_worker(host);
