using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace LaborBridge.Tests.Services.ServiceDefaults;

public sealed class Settings
{
    [Fact]
    public void are_refused_all_errors_at_once_each_with_what_to_write()
    {
        using var service = new NotesService();
        var wrong = Assert.Throws<SettingsException>(() => LaborBridgeHost.Build(
        [
            "--LaborBridge:Database:Kind=mysql", "--LaborBridge:Broker:Address=localhost", "--LaborBridge:Services:Workers=workers",
            "--LaborBridge:Limits:Links=0",
        ], [service]));

        Assert.Collection(wrong.Errors,
            error => Assert.Contains("Database__Kind is 'mysql'. Write sqlite, postgresql or sqlserver", error, StringComparison.Ordinal),
            error => Assert.Contains("Broker__Address", error, StringComparison.Ordinal),
            error => Assert.Contains("Authority is missing", error, StringComparison.Ordinal),
            error => Assert.Contains("Services__Workers", error, StringComparison.Ordinal),
            error => Assert.Contains("Keys__Folder is missing", error, StringComparison.Ordinal),
            error => Assert.Contains("Limits__Links", error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--LaborBridge:Database:Kind=postgresql", "ConnectionString is missing")]
    [InlineData("--LaborBridge:Database:ConnectionString=Data Source=:memory:", "keeps the data in memory")]
    [InlineData("--LaborBridge:Keys:Folder=/nowhere", "no field-1.key")]
    [InlineData("--demo", "AllInOne only")]
    [InlineData("--LaborBridge:Authority=portal", "Write the portal's base address")]
    public void are_refused_when_they_cannot_work(string setting, string says)
    {
        using var service = new NotesService();
        var wrong = Assert.Throws<SettingsException>(() => LaborBridgeHost.Build([setting], [service]));

        Assert.Contains(wrong.Errors, error => error.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void with_damaged_keys_are_refused_before_anything_starts()
    {
        using var service = new NotesService();
        using var folder = TempFolder.Create();
        File.WriteAllText(folder["field-1.key"], "not base64!");
        File.WriteAllText(folder["lookup.key"], "dG9vIHNob3J0");

        var wrong = Assert.Throws<SettingsException>(() => LaborBridgeHost.Build(
            ["--data", folder.Path, "--LaborBridge:Keys:Folder", folder.Path, "--LaborBridge:Authority=http://localhost:8080"], [service]));

        Assert.Contains("openssl rand -base64 32", Assert.Single(wrong.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("8080")]
    [InlineData("--data")]
    public void unknown_options_are_refused(string option)
    {
        using var service = new NotesService();
        Assert.Throws<SettingsException>(() => LaborBridgeHost.Build([option], [service]));
    }

    [Fact]
    public async Task that_are_wrong_end_the_process_with_2()
    {
        using var service = new NotesService();

        Assert.Equal(2, await LaborBridgeHost.Run(["--LaborBridge:Database:Kind=mysql"], [service]));
    }

    [Fact]
    public async Task may_be_led_by_a_command_that_the_program_knows()
    {
        using var folder = TempFolder.Create();
        using var service = new NotesService();
        string[] settings = ["--data", folder.Path, "--LaborBridge:EmbeddedDefaults=true", "--LaborBridge:Keys:SettleSeconds=0"];

        Assert.Equal(2, await LaborBridgeHost.Run(["be-merry", .. settings], [service]));
        Assert.Equal(0, await LaborBridgeHost.Run(["rotate-keys", "--new-key", .. settings], [service]));

        Assert.Equal(["field-1.key", "field-2.key"], Directory.GetFiles(folder["keys"], "field-*.key").Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task migrate_only_makes_the_database_and_ends()
    {
        using var folder = TempFolder.Create();
        using var service = new NotesService();

        Assert.Equal(0, await LaborBridgeHost.Run(["--migrate-only", "--data", folder.Path, "--LaborBridge:EmbeddedDefaults=true"], [service]));

        Assert.True(File.Exists(folder["notes.db"]));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task keys_are_made_only_where_everything_runs_in_one_process_and_nobody_else_can_read_them()
    {
        using var folder = TempFolder.Create();
        using var service = new NotesService();
        await using var app = LaborBridgeHost.Build(["--data", folder.Path, "--LaborBridge:EmbeddedDefaults=true"], [service]);

        app.Services.GetRequiredService<LaborBridge.Persistence.KeyRing>();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder["keys"], "lookup.key")));
    }

    [Fact]
    public void without_a_broker_are_for_one_process_only()
    {
        using var service = new NotesService();
        using var folder = TempFolder.Create();
        LaborBridge.Persistence.KeyRing.Load(folder.Path, create: true);

        var wrong = Assert.Throws<SettingsException>(() => LaborBridgeHost.Build(
            ["--data", folder.Path, "--LaborBridge:Keys:Folder", folder.Path, "--LaborBridge:Authority=http://localhost:8080"], [service]));

        Assert.Contains("LaborBridge__Broker__Address is missing", Assert.Single(wrong.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task streams_are_for_operators_only()
    {
        await using var host = await NotesHost.Start();

        var operatorSees = await host.Send(HttpMethod.Get, "/api/operations/notes/streams", token: host.Token("admin"));
        var unknown = await host.Send(HttpMethod.Get, "/api/operations/no-such/streams", token: host.Token("admin"));
        var clerk = await host.Send(HttpMethod.Get, "/api/operations/notes/streams", token: host.Token());
        var skip = await host.Send(HttpMethod.Post, "/api/operations/notes/streams/skip", """{"stream":"other","position":1,"reason":"-"}""", host.Token("admin"), NotesHost.NewKey());

        Assert.Equal("notes", (string?)operatorSees.Json["items"]![0]!["stream"]);
        Assert.Equal([404, 403, 409], [unknown.Status, clerk.Status, skip.Status]);
    }

    [Fact]
    public async Task documents_and_health_are_there()
    {
        await using var host = await NotesHost.Start();

        var document = await host.Send(HttpMethod.Get, "/openapi/notes.json");
        var live = await host.Send(HttpMethod.Get, "/health/live");
        var ready = await host.Send(HttpMethod.Get, "/health/ready");

        var post = document.Json["paths"]!["/api/notes"]!["post"]!;
        Assert.Equal("Idempotency-Key", (string?)post["parameters"]![0]!["name"]);
        Assert.NotNull(post["security"]);
        Assert.Equal("notes", (string?)post["tags"]![0]);
        Assert.Equal(200, live.Status);
        Assert.Equal("ok", (string?)ready.Json["status"]);
        Assert.Equal("notes", (string?)ready.Json["services"]![0]!["streams"]![0]!["stream"]);
        Assert.False(live.Response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData(HealthStatus.Healthy, 200, "ok")]
    [InlineData(HealthStatus.Degraded, 200, "degraded")]
    [InlineData(HealthStatus.Unhealthy, 503, "unavailable")]
    public async Task readiness_waits_for_what_the_service_still_has_to_do(HealthStatus condition, int status, string says)
    {
        await using var host = await NotesHost.Start();
        host.Service.Condition = condition;

        var ready = await host.Send(HttpMethod.Get, "/health/ready");

        Assert.Equal((status, says), (ready.Status, (string?)ready.Json["status"]));
        Assert.Equal(condition == HealthStatus.Healthy ? [] : ["condition: the reason"], ready.Json["notes"]!.AsArray().Select(note => (string?)note));
    }
}
