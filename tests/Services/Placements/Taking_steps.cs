using LaborBridge.Contracts;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using Xunit;
using static LaborBridge.Tests.Services.Placements.Office;

namespace LaborBridge.Tests.Services.Placements;

public sealed class Taking_steps_on_sqlite(OfficeOnSqlite office) : Taking_steps(office), IClassFixture<OfficeOnSqlite>;

public sealed class Taking_steps_on_postgresql(OfficeOnPostgreSql office) : Taking_steps(office), IClassFixture<OfficeOnPostgreSql>;

public abstract class Taking_steps(Office office)
{
    [Fact]
    public async Task leads_from_the_hire_to_the_post_by_a_trip()
    {
        var placement = await office.Hire(await office.Worker());
        var (sending, receiving, hr) = (await office.Sending(), await office.Receiving(), await office.Hr());
        var on = Today.AddMonths(-4);
        (await sending.Post($"/api/placements/{placement}/steps", new { kind = "contract", on = Day(on), form = "direct", months = 12 })).Is(201);
        var trip = await Trip(sending, on.AddDays(1));
        (await sending.Post($"/api/trips/{trip}/passengers", new { placementId = placement, kind = "new" })).Is(201);
        (await sending.Post($"/api/trips/{trip}/roll-call", new { present = new[] { placement } })).Is(200);
        Assert.Equal("travelling", await State(placement));
        (await receiving.Post($"/api/trips/{trip}/handover", new { employerId = office.Firm, placements = new[] { placement }, on = Day(on.AddDays(3)) })).Is(200);
        Assert.Equal("arrived", await State(placement));
        (await hr.Post($"/api/placements/{placement}/steps", new { kind = "started", on = Day(on.AddDays(4)), monthlyPay = 5200.50 })).Is(201);
        foreach (var month in new[] { 1, 2, 3 })
        {
            (await hr.Post($"/api/placements/{placement}/steps", new { kind = "evidence", on = Day(Today), month, evidence = "firm" })).Is(201);
        }

        var shown = (await sending.Get($"/api/placements/{placement}")).Is(200);
        Assert.Equal("on-post", (string?)shown.Json["state"]);
        Assert.Equal(5200.50m, (decimal)shown.Json["monthlyPay"]!);
        Assert.Equal([1, 2, 3], shown.Json["evidencedMonths"]!.AsArray().Select(month => (int)month!));
        Assert.Equal(
            ["opened", "contract", "departed", "arrived", "started", "evidence", "evidence", "evidence"],
            shown.Json["history"]!.AsArray().Select(entry => (string)entry!["kind"]!));
        Assert.Equal("arrived", (string?)(await sending.Get($"/api/trips/{trip}")).Json["state"]);
        Assert.Equal("started", (await office.Ear.Of<PlacementMoved>(placement, count: 4)).Step);
    }

    [Fact]
    public async Task refuses_a_step_out_of_order_and_says_what_comes_next()
    {
        var placement = await office.Hire(await office.Worker());
        var sending = await office.Sending();
        var refused = (await sending.Post($"/api/placements/{placement}/steps", new { kind = "started", on = Day(Today) })).Is(409, "step-out-of-order");
        Assert.Contains("输送出发", (string)refused.Json["detail"]!, StringComparison.Ordinal);
        var english = await sending.Post($"/api/placements/{placement}/steps", new { kind = "started", on = Day(Today) }, language: "en");
        Assert.Contains("departed", (string)english.Json["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_a_matter_of_both_sides_and_of_nobody_else()
    {
        var placement = await office.Hire(await office.Worker());
        var host = await office.Open();
        (await (await office.Sending()).Get($"/api/placements/{placement}")).Is(200);
        (await (await office.Receiving()).Get($"/api/placements/{placement}")).Is(200);
        (await (await office.Hr()).Get($"/api/placements/{placement}")).Is(200);
        foreach (var stranger in new[] { host.As(Role.Station, "pengyang", "640425"), host.As(Role.Official, "tongan", "350212"), await office.Hr(NewId()) })
        {
            (await stranger.Get($"/api/placements/{placement}")).Is(404, "not-found");
            (await stranger.Post($"/api/placements/{placement}/steps", new { kind = "left", on = Day(Today), reason = "withdrawn" })).Is(404, "not-found");
            Assert.DoesNotContain((await stranger.Get("/api/placements?limit=200")).Items, item => (string)item["id"]! == placement.ToString());
        }

        (await host.As(Role.Collector, "village", "640422").Get("/api/placements")).Is(403);
    }

    [Fact]
    public async Task lets_a_firm_tell_only_who_started_who_is_there_and_who_left()
    {
        var placement = await office.Hire(await office.Worker());
        var hr = await office.Hr();
        (await hr.Post($"/api/placements/{placement}/steps", new { kind = "contract", on = Day(Today), form = "direct" })).Is(403, "forbidden-scope");
        (await hr.Post($"/api/placements/{placement}/steps", new { kind = "evidence", on = Day(Today), month = 1, evidence = "bank" })).Is(403, "forbidden-scope");
        (await hr.Post($"/api/placements/{placement}/steps", new { kind = "started", on = Day(Today) })).Is(409, "step-out-of-order");
    }

    [Fact]
    public async Task opens_a_spell_without_an_offer_and_keeps_spells_apart()
    {
        var worker = await office.Worker();
        var sending = await office.Sending();
        object Spell(DateOnly from, string division = "350582") => new
        {
            workerId = worker,
            source = "self-reported",
            employer = new { name = "晋江示例鞋厂" },
            workplace = new { division, text = "陈埭镇" },
            channel = "relatives",
            startedOn = Day(from),
            monthlyPay = 6000,
        };
        var opened = (await sending.Post("/api/placements", Spell(Today.AddMonths(-3)))).Is(201);
        Assert.Equal("on-post", (string?)opened.Json["state"]);
        Assert.Equal($"/api/placements/{opened.Id}", opened.Location);
        var refused = (await sending.Post("/api/placements", Spell(Today))).Is(409, "spell-overlap");
        Assert.Equal(opened.Id, (string?)refused.Json["placementId"]);
        (await sending.Post($"/api/placements/{opened.Id}/steps", new { kind = "left", on = Day(Today.AddDays(-1)), reason = "job-change" })).Is(201);
        (await sending.Post("/api/placements", Spell(Today.AddDays(-1)))).Is(409, "spell-overlap");
        (await sending.Post("/api/placements", Spell(Today))).Is(201);
        Assert.Equal(2, (await sending.Get($"/api/placements?worker={worker}")).Items.Count);
        Assert.Equal("job-change", (await office.Ear.Of<PlacementEnded>(Guid.Parse(opened.Id))).Reason);
    }

    [Fact]
    public async Task tells_the_days_of_a_spell_that_is_over_and_again_when_they_are_corrected()
    {
        var sending = await office.Sending();
        var opened = (await sending.Post("/api/placements", new
        {
            workerId = await office.Worker(),
            source = "self-reported",
            workplace = new { division = "350205" },
            channel = "self",
            startedOn = Day(Today.AddMonths(-5)),
        })).Is(201);
        var spell = Guid.Parse(opened.Id);
        (await sending.Post($"/api/placements/{spell}/steps", new { kind = "left", on = Day(Today.AddDays(-9)), reason = "returned" })).Is(201);
        var told = await office.Ear.Of<PlacementEnded>(spell);
        Assert.Equal((Today.AddMonths(-5), Today.AddDays(-9)), (told.FirstDay, told.On));

        var position = (long)(await sending.Get($"/api/placements/{spell}")).Json["history"]!.AsArray().Single(entry => (string)entry!["kind"]! == "left")!["position"]!;
        (await sending.Post($"/api/placements/{spell}/steps", new
        {
            kind = "correction",
            on = Day(Today),
            of = position,
            reason = "离岗日期登记有误",
            step = new { kind = "left", on = Day(Today.AddDays(-20)), reason = "returned" },
        })).Is(201);
        told = await office.Ear.Of<PlacementEnded>(spell, count: 2);
        Assert.Equal((Today.AddMonths(-5), Today.AddDays(-20), false), (told.FirstDay, told.On, told.SeatFreed));
    }

    [Fact]
    public async Task bars_who_is_under_16()
    {
        var child = await office.Worker(birthYear: Today.Year - 14);
        (await (await office.Sending()).Post("/api/placements", new
        {
            workerId = child,
            source = "self-reported",
            workplace = new { division = "350205" },
            channel = "self",
            startedOn = Day(Today),
        })).Is(422, "under-16");
    }

    [Fact]
    public async Task names_every_wrong_field()
    {
        var refused = (await (await office.Sending()).Post("/api/placements", new
        {
            workerId = NewId(),
            source = "self-reported",
            workplace = new { division = "649999" },
            channel = "pigeon",
            startedOn = Day(Today.AddDays(500)),
            monthlyPay = -1,
        })).Is(400, "validation");
        Assert.Equal("division-unknown", refused.FieldCode("workplace.division"));
        Assert.Equal("unknown-value", refused.FieldCode("channel"));
        Assert.Equal("in-the-future", refused.FieldCode("startedOn"));
        Assert.Equal("out-of-range", refused.FieldCode("monthlyPay"));
    }

    [Fact]
    public async Task keeps_the_spells_of_a_roster_as_it_tells_them()
    {
        var (worker, spell) = (await office.Worker(), NewId());
        var sending = await office.Sending();
        SelfFoundSpellReported Told(int months, DateOnly? ended = null) => new(
            spell, worker, "泉州示例纸业", "3505", "福建省泉州市", "relatives", "第二产业", Today.AddMonths(-7), months, ended, NewId());
        await office.Workers.Tell((worker, Told(4)));
        await Wait.Until(async () => await Months() is [1, 2, 3, 4], "four months are proved");
        await office.Workers.Tell((worker, Told(4)), (worker, Told(6, Today.AddDays(-3))));
        await Wait.Until(async () => await Months() is [1, 2, 3, 4, 5, 6], "six months are proved");
        var shown = await sending.Get($"/api/placements/{spell}");
        Assert.Equal("left", (string?)shown.Json["state"]);
        Assert.Equal(3, shown.Json["history"]!.AsArray().Count(entry => (string)entry!["kind"]! == "correction"));
        await office.Workers.Tell((worker, new SelfFoundSpellWithdrawn(spell, worker, "roster-undone")));
        await Wait.Until(async () => (string?)(await sending.Get($"/api/placements/{spell}")).Json["reason"] == "withdrawn", "the spell is taken back");
        (await sending.Post("/api/placements", new
        {
            workerId = worker,
            source = "self-reported",
            workplace = new { division = "350205" },
            channel = "self",
            startedOn = Day(Today.AddMonths(-7)),
        })).Is(201);

        async Task<int[]> Months() => [.. ((await sending.Get($"/api/placements/{spell}")).Json["evidencedMonths"]?.AsArray() ?? []).Select(month => (int)month!)];
    }

    [Fact]
    public async Task lets_no_spell_of_a_roster_run_beside_another()
    {
        var (worker, spell) = (await office.Worker(), NewId());
        var hired = await office.Hire(worker);
        var told = new SelfFoundSpellReported(spell, worker, "泉州示例纸业", "3505", "福建省泉州市", "relatives", "第二产业", Today.AddMonths(-7), 2, EndedOn: null, NewId());
        await office.Workers.Tell((worker, told), (worker, told));

        Assert.False((await office.Ear.Of<PlacementOpened>(spell)).Running);
        var ended = await office.Ear.Of<PlacementEnded>(spell);
        Assert.Equal((Today.AddMonths(-5).AddDays(-1), false), (ended.On, ended.SeatFreed));
        Assert.Equal("left", await State(spell));
        Assert.Equal("hired", await State(hired));
    }

    [Fact]
    public async Task shows_the_spells_of_merged_records_together_while_they_are_one_person()
    {
        var (kept, absorbed) = (await office.Worker(), await office.Worker());
        var hired = await office.Hire(absorbed);
        var sending = await office.Sending();
        await office.Workers.Tell((absorbed, new WorkerMerged(absorbed, kept)));
        await Wait.Until(async () => (await OfKept()).SequenceEqual([hired]), "the kept record has the spell");
        await office.Workers.Tell((absorbed, new WorkerSeparated(absorbed, kept)));
        await Wait.Until(async () => (await OfKept()).Count == 0, "they are two people again");

        async Task<List<Guid>> OfKept() => [.. (await sending.Get($"/api/placements?worker={kept}")).Is(200).Items.Select(item => Guid.Parse((string)item["id"]!))];
    }

    [Fact]
    public async Task never_overbooks_a_trip()
    {
        var sending = await office.Sending();
        var placements = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            placements.Add(await office.Hire(await office.Worker()));
        }

        var trip = await Trip(sending, Today, capacity: 2);
        var answers = await Task.WhenAll(placements.Select(placement => sending.Post($"/api/trips/{trip}/passengers", new { placementId = placement, kind = "new" })));
        Assert.Equal([201, 201, 409, 409], answers.Select(answer => answer.Status).Order());
        Assert.All(answers.Where(answer => answer.Status == 409), answer => answer.Is(409, "seat-taken"));
        Assert.Equal(2, (int)(await sending.Get($"/api/trips/{trip}")).Json["booked"]!);
        Assert.Equal(2, (await sending.Get($"/api/trips/{trip}/manifest")).Json["passengers"]!.AsArray().Count);
    }

    [Fact]
    public async Task gives_the_seat_back_of_who_is_struck_off_or_withdraws()
    {
        var (one, other) = (await office.Hire(await office.Worker()), await office.Hire(await office.Worker()));
        var sending = await office.Sending();
        var trip = await Trip(sending, Today, capacity: 1);
        (await sending.Post($"/api/trips/{trip}/passengers", new { placementId = one, kind = "new" })).Is(201);
        (await sending.Delete($"/api/trips/{trip}/passengers/{one}")).Is(428, "if-match-required");
        (await sending.Delete($"/api/trips/{trip}/passengers/{one}", ifMatch: "\"1\"")).Is(412, "stale-version");
        (await sending.Delete($"/api/trips/{trip}/passengers/{one}", ifMatch: "\"2\"")).Is(200);
        (await sending.Post($"/api/trips/{trip}/passengers", new { placementId = other, kind = "new" })).Is(201);
        (await sending.Post($"/api/placements/{other}/steps", new { kind = "left", on = Day(Today), reason = "withdrawn" })).Is(201);
        (await sending.Post($"/api/trips/{trip}/passengers", new { placementId = one, kind = "new" })).Is(201);
        Assert.True((await office.Ear.Of<PlacementEnded>(other)).SeatFreed);
    }

    [Fact]
    public async Task frees_the_seat_of_who_does_not_come()
    {
        var (come, stay) = (await office.Hire(await office.Worker()), await office.Hire(await office.Worker()));
        var sending = await office.Sending();
        var trip = await Trip(sending, Today);
        foreach (var placement in new[] { come, stay })
        {
            (await sending.Post($"/api/trips/{trip}/passengers", new { placementId = placement, kind = "new" })).Is(201);
        }

        var issue = (int)(await sending.Get($"/api/trips/{trip}/manifest")).Json["issue"]!;
        (await sending.Post($"/api/trips/{trip}/roll-call", new { present = new[] { come }, absent = new[] { new { placementId = stay, reason = "家中有事" } } })).Is(200);
        var ended = await office.Ear.Of<PlacementEnded>(stay);
        Assert.Equal(("no-show", true), (ended.Reason, ended.SeatFreed));
        Assert.Equal("left", await State(stay));
        Assert.Equal(issue + 1, (int)(await sending.Get($"/api/trips/{trip}/manifest")).Json["issue"]!);
        (await sending.Post($"/api/trips/{trip}/roll-call", new { present = new[] { come } })).Is(400, "validation");
    }

    private async Task<string> State(Guid placement) => (string)(await (await office.Sending()).Get($"/api/placements/{placement}")).Is(200).Json["state"]!;

    private static async Task<string> Trip(ApiCaller caller, DateOnly on, int capacity = 40) => (await caller.Post("/api/trips", new
    {
        mode = "coach",
        capacity,
        legs = new[] { new { from = "西吉", to = "厦门", departsAt = $"{Day(on)}T01:00:00Z" } },
        meeting = "县汽车站",
        leader = "带队干部",
    })).Is(201).Id;
}
