using LaborBridge.Contracts;
using LaborBridge.Employers;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LaborBridge.Tests.Services.Employers;

public abstract class The_course_of_a_posting(SqlKind kind) : IAsyncLifetime
{
    private EmployersHost host = null!;

    public async ValueTask InitializeAsync() => host = await EmployersHost.Start(kind);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task runs_from_draft_over_review_to_the_board_and_off_it()
    {
        var saved = await host.Save();
        Assert.Equal("draft", State(saved));
        Assert.Equal("in-review", State((await host.Submit(saved.Id)).Is(200)));
        (await host.Anyone.Get($"/api/postings/{saved.Id}")).Is(404);
        (await host.Decide("approved")).Is(200);
        Assert.Equal("live", State((await host.Anyone.Get($"/api/postings/{saved.Id}")).Is(200)));
        (await host.Submit(saved.Id)).Is(409, "step-out-of-order");
        Assert.Equal("closed", State((await host.Firm.Post($"/api/postings/{saved.Id}/closing")).Is(200)));
        (await host.Anyone.Get($"/api/postings/{saved.Id}")).Is(404);
        Assert.Equal(["posting-published", "posting-closed"], await Told(saved.Id));
    }

    [Fact]
    public async Task asks_for_languages_which_is_lawful_and_tells_them()
    {
        var unknown = (await host.Firm.Post("/api/postings", host.Terms(new { languages = new[] { "klingon" } }))).Is(400, "validation");
        Assert.Equal(("languages", "unknown-value"), ((string?)unknown.Json["errors"]![0]!["field"], (string?)unknown.Json["errors"]![0]!["code"]));
        Assert.Contains("闽南语", (string?)unknown.Json["errors"]![0]!["message"], StringComparison.Ordinal);

        var live = await host.Live(new { conditions = "会说普通话，能听懂闽南语", languages = new[] { "mandarin", "minnan" } });

        Assert.Empty(live.Json["findings"]!.AsArray());
        Assert.Equal(["mandarin", "minnan"], (await host.Anyone.Get($"/api/postings/{live.Id}")).Is(200).Json["languages"]!.AsArray().Select(one => (string?)one));
        Assert.Contains("\"languages\":[\"mandarin\",\"minnan\"]", Assert.Single(await Db.Read(tx => tx.Query<string>(Bodies, new { Subject = Guid.Parse(live.Id) }))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task keeps_every_wording_with_what_changed()
    {
        var live = await host.Live();
        (await host.Firm.Put($"/api/postings/{live.Id}", host.Terms(new { work = "流水线装配，包吃住", headcount = 8 }), live.ETag)).Is(200);

        var versions = (await host.Firm.Get($"/api/postings/{live.Id}/versions")).Is(200).Items;
        var first = (await host.Firm.Get($"/api/postings/{live.Id}/versions?limit=1")).Is(200);
        var second = (await host.Firm.Get($"/api/postings/{live.Id}/versions?limit=1&cursor={first.Json["next"]}")).Is(200);

        Assert.Equal(["流水线装配，包吃住", "流水线装配"], versions.Select(one => (string?)one["terms"]!["work"]));
        Assert.Equal(["headcount", "work"], versions[0]["changed"]!.AsArray().Select(one => (string?)one).Order());
        Assert.Empty(versions[1]["changed"]!.AsArray());
        Assert.Equal("hr", (string?)versions[0]["savedBy"]);
        Assert.Equal(["headcount", "work"], Assert.Single(first.Items)["changed"]!.AsArray().Select(one => (string?)one).Order());
        Assert.Equal("流水线装配", (string?)Assert.Single(second.Items)["terms"]!["work"]);
        (await host.Xiji.Get($"/api/postings/{live.Id}/versions")).Is(404);
    }

    [Fact]
    public async Task begins_again_as_a_copy_of_last_seasons()
    {
        var live = await host.Live(new { startsOn = "2026-12-01", conditions = "能适应两班倒" });
        (await host.Firm.Post($"/api/postings/{live.Id}/closing")).Is(200);

        var copy = (await host.Firm.Post($"/api/postings/{live.Id}/copy", new { validFrom = "2099-02-01", headcount = 12 })).Is(201);

        Assert.Equal(("draft", "能适应两班倒", 12, "2099-02-01"), (State(copy), (string?)copy.Json["conditions"], (int)copy.Json["headcount"]!, (string?)copy.Json["validFrom"]));
        var length = DateOnly.Parse((string)live.Json["validTo"]!).DayNumber - DateOnly.Parse((string)live.Json["validFrom"]!).DayNumber;
        Assert.Equal(new DateOnly(2099, 2, 1).AddDays(length), DateOnly.Parse((string)copy.Json["validTo"]!));
        Assert.Null(copy.Json["startsOn"]);
        Assert.NotEqual(live.Id, copy.Id);
        (await host.Firm.Put($"/api/postings/{live.Id}", host.Terms(), live.ETag)).Is(412);
        (await host.Xiji.Post($"/api/postings/{live.Id}/copy")).Is(404);
    }

    [Fact]
    public async Task goes_live_with_a_warning_only_when_a_person_confirms_it_with_a_reason()
    {
        await host.Decide("approved");
        var saved = await host.Save(new { conditions = "18-45岁" });

        var refused = (await host.Submit(saved.Id)).Is(422, "warning-not-confirmed");
        (await host.Submit(saved.Id, ("age", "  "))).Is(422, "warning-not-confirmed");
        (await host.Submit(saved.Id, ("sex", "需要"))).Is(422, "warning-not-confirmed");
        var live = (await host.Submit(saved.Id, ("age", "重体力搬运"))).Is(200);

        Assert.Equal("age", (string?)refused.Json["findings"]![0]!["rule"]);
        Assert.Equal("live", State(live));
        var confirmed = Assert.Single(live.Json["confirmations"]!.AsArray())!;
        Assert.Equal(("age", "重体力搬运", "18-45岁", "hr"), ((string?)confirmed["rule"], (string?)confirmed["reason"], (string?)confirmed["words"], (string?)confirmed["by"]));
        Assert.Null((await host.Anyone.Get($"/api/postings/{saved.Id}")).Json["confirmations"]);
    }

    [Fact]
    public async Task asks_anew_when_other_words_stand_where_a_warning_was_confirmed()
    {
        await host.Decide("approved");
        var saved = await host.Save(new { conditions = "18-45岁" });
        var live = (await host.Submit(saved.Id, ("age", "重体力搬运"))).Is(200);

        var same = (await host.Firm.Put($"/api/postings/{live.Id}", host.Terms(new { conditions = "18-45岁，两班倒" }), live.ETag)).Is(200);
        var other = (await host.Firm.Put($"/api/postings/{live.Id}", host.Terms(new { conditions = "18-25岁，两班倒" }), same.ETag)).Is(200);

        Assert.Equal(("live", "draft"), (State(same), State(other)));
        (await host.Anyone.Get($"/api/postings/{saved.Id}")).Is(404);
    }

    [Fact]
    public async Task stops_at_an_error_whatever_is_confirmed()
    {
        await host.Decide("approved");
        var saved = await host.Save(new { conditions = "限男，服装费300" });

        var refused = (await host.Submit(saved.Id, ("sex", "需要"), ("fees", "需要"))).Is(422, "posting-has-errors");

        Assert.Equal(["sex", "fees"], refused.Json["findings"]!.AsArray().Select(one => (string?)one!["rule"]));
        Assert.Contains("《就业促进法》第二十七条", (string?)refused.Json["findings"]![0]!["law"], StringComparison.Ordinal);
        Assert.Contains("sex", (string?)(await host.Firm.Post($"/api/postings/{saved.Id}/submission", language: "en")).Json["findings"]![0]!["advice"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task flags_work_that_is_barred_for_minors_and_refuses_to_invite_them()
    {
        await host.Decide("approved");
        var flagged = await host.Live(new { hazards = new[] { "dust" }, conditions = "年满18周岁" });
        var inviting = await host.Save(new { motionsPerMinute = 60, conditions = "年满16周岁" });
        var harmless = await host.Save(new { conditions = "年满16周岁" });

        Assert.NotEmpty((await host.Anyone.Get($"/api/postings/{flagged.Id}")).Json["juvenileBarred"]!.AsArray());
        Assert.Equal("juvenile-barred", (string?)Assert.Single(inviting.Json["findings"]!.AsArray())!["rule"]);
        (await host.Submit(inviting.Id)).Is(422, "posting-has-errors");
        Assert.Empty(harmless.Json["juvenileBarred"]!.AsArray());
        Assert.Empty(harmless.Json["findings"]!.AsArray());
    }

    [Fact]
    public async Task does_not_go_live_when_its_days_are_over()
    {
        await host.Decide("approved");
        var saved = await host.Save(new { validFrom = "2020-01-01", validTo = "2020-02-01" });

        Assert.Equal("in-the-past", (await host.Submit(saved.Id)).Is(400, "validation").FieldCode("validTo"));
    }

    [Fact]
    public async Task never_has_fewer_seats_than_people_taken_on()
    {
        var live = await host.Live(new { headcount = 5 });
        await Count(live.Id, accepted: 3);

        (await host.Firm.Put($"/api/postings/{live.Id}", host.Terms(new { headcount = 2 }), live.ETag)).Is(409, "headcount-below-accepted");
        var lowered = (await host.Firm.Put($"/api/postings/{live.Id}", host.Terms(new { headcount = 3 }), live.ETag)).Is(200);

        // Two more said yes before Matching heard of it.
        await Count(live.Id, accepted: 5);
        var now = (await host.Firm.Get($"/api/postings/{live.Id}")).Is(200);
        Assert.Equal((5, 5), ((int)now.Json["headcount"]!, (int)now.Json["accepted"]!));
        Assert.NotEqual(lowered.ETag, now.ETag);
        Assert.Equal(["posting-published", "posting-published", "posting-published"], await Told(live.Id));
    }

    private Task Count(string posting, int accepted) => Db.Write(tx => CountSeats.Apply(
        tx, new SeatsCounted(Guid.Parse(posting), host.FirmId, Headcount: accepted, accepted, Open: 0), new EventContext("matching", 1, TimeProvider.System.GetUtcNow(), Guid.Parse(posting), Again: false)));

    private Db<EmployersService> Db => host.Host.Services.GetRequiredService<Db<EmployersService>>();

    private Task<List<string>> Told(string posting) => Db.Read(tx => tx.Query<string>(Kinds, new { Subject = Guid.Parse(posting) }));

    private static readonly Sql Bodies = Sql.Text("SELECT body FROM stream_log WHERE subject = @Subject ORDER BY position");

    private static readonly Sql Kinds = Sql.Text("SELECT kind FROM stream_log WHERE subject = @Subject ORDER BY position");

    private static string? State(Heard answer) => (string?)answer.Json["state"];

    public sealed class On_SQLite() : The_course_of_a_posting(SqlKind.Sqlite);

    public sealed class On_PostgreSQL() : The_course_of_a_posting(SqlKind.PostgreSql);
}
