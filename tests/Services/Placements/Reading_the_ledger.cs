using LaborBridge.Contracts;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using Xunit;
using static LaborBridge.Tests.Services.Placements.Office;

namespace LaborBridge.Tests.Services.Placements;

public sealed class Reading_the_ledger_on_sqlite() : Reading_the_ledger(SqlKind.Sqlite);

public sealed class Reading_the_ledger_on_postgresql() : Reading_the_ledger(SqlKind.PostgreSql);

public abstract class Reading_the_ledger(SqlKind kind)
{
    private sealed class OwnOffice(SqlKind kind) : Office(kind);

    [Fact]
    public async Task reproduces_what_was_known_before_a_correction()
    {
        await using var office = new OwnOffice(kind);
        var sending = await office.Sending();
        var worker = await office.Worker();
        var first = Today.AddMonths(-4);
        var spell = (await sending.Post("/api/placements", new
        {
            workerId = worker,
            source = "self-reported",
            workplace = new { division = "350205" },
            channel = "self",
            startedOn = Day(first),
            monthlyPay = 4000,
        })).Is(201).Id;
        var from = Day(Today.AddYears(-1));
        var before = await sending.Get($"/api/outflow/indicators?from={from}&by=county");
        var known = (string)before.Json["ledger"]!["known"]!;
        Assert.Equal(1, Figure(before, "workersTransferred"));
        Assert.Equal(16000, Figure(before, "wageIncome"));

        var history = (await sending.Get($"/api/placements/{spell}")).Json["history"]!.AsArray();
        var started = (long)history.Single(entry => (string)entry!["kind"]! == "started")!["position"]!;
        (await sending.Post($"/api/placements/{spell}/steps", new
        {
            kind = "correction",
            on = Day(Today),
            of = started,
            reason = "日期笔误",
            step = new { kind = "started", on = Day(first.AddMonths(2)), monthlyPay = 4500 },
        })).Is(201);
        var after = await sending.Get($"/api/outflow/indicators?from={from}&by=county&explain=wageIncome");
        Assert.Equal(9000, Figure(after, "wageIncome"));
        Assert.Equal(9000m, (decimal)Assert.Single(after.Json["explained"]!.AsArray())!["value"]!);
        var again = await sending.Get($"/api/outflow/indicators?from={from}&by=county&knownAt={Uri.EscapeDataString(known)}");
        Assert.Equal(before.Json["rows"]!.ToJsonString(), again.Json["rows"]!.ToJsonString());
        Assert.Equal((long)before.Json["ledger"]!["position"]!, (long)again.Json["ledger"]!["position"]!);

        var why = (await sending.Get($"/api/outflow/difference?from={from}&by=county&explain=wageIncome&since={Uri.EscapeDataString(known)}")).Is(200);
        Assert.Equal((started, 16000m), ((long)Assert.Single(why.Json["gone"]!.AsArray())!["position"]!, (decimal)why.Json["gone"]![0]!["value"]!));
        Assert.Equal(9000m, (decimal)Assert.Single(why.Json["come"]!.AsArray())!["value"]!);

        static decimal Figure(Heard answer, string name) => (decimal)answer.Is(200).Json["rows"]!.AsArray().Single(row => (string)row!["key"]! == "640422")![name]!;
    }

    [Fact]
    public async Task finds_the_first_entry_that_was_tampered_with()
    {
        await using var office = new OwnOffice(kind);
        var host = await office.Open();
        var worker = await office.Worker();
        await office.Hire(worker);
        var official = host.As(Role.Official, "ningxia", "64");
        var whole = (await official.Get("/api/outflow/ledger/verification")).Is(200);
        Assert.True((bool)whole.Json["ok"]!, whole.Text);
        var entries = (long)whole.Json["entries"]!;
        Assert.True(entries >= 3, whole.Text);

        await Db(host).Write(tx => tx.Execute(MoveDay, new { OnDay = new DateOnly(2001, 1, 1), Position = 2L }));
        var broken = await official.Get("/api/outflow/ledger/verification");
        Assert.False((bool)broken.Json["ok"]!);
        Assert.Equal(2, (long)broken.Json["firstBroken"]!);
    }

    [Fact]
    public async Task misses_no_entry_that_was_cut_off()
    {
        await using var office = new OwnOffice(kind);
        var host = await office.Open();
        await office.Hire(await office.Worker());
        var official = host.As(Role.Official, "ningxia", "64");
        var entries = (long)(await official.Get("/api/outflow/ledger/verification")).Json["entries"]!;
        await Db(host).Write(tx => tx.Execute(CutOff, new { Position = entries }));
        Assert.Equal(entries, (long)(await official.Get("/api/outflow/ledger/verification")).Json["firstBroken"]!);
    }

    [Fact]
    public async Task holds_each_event_once_however_often_it_is_told()
    {
        await using var office = new OwnOffice(kind);
        var host = await office.Open();
        var (worker, offer, spell, training) = (NewId(), NewId(), NewId(), NewId());
        (Guid, object)[] told =
        [
            (worker, new WorkerRecorded(worker, "640422", Station: null, "male", 1990, [new DatedStatus("marginal", From: null, To: null)], OverRetirementAge: false)),
            (worker, new SelfFoundSpellReported(spell, worker, "示例", "3505", "泉州", "self", Industry: null, new DateOnly(2024, 1, 1), 3, new DateOnly(2024, 3, 31), NewId())),
            (worker, new TrainingFinished(training, worker, "garment-sewing", new DateOnly(2025, 1, 1))),
        ];
        var hired = new WorkerHired(offer, worker, NewId(), office.Firm, "350205", "新阳工业区", "general", "direct", 500_000, Today);
        await office.Workers.Tell(told);
        await office.Matching.Tell((offer, hired));
        var official = host.As(Role.Official, "ningxia", "64");
        // The firm, the worker, the hire, the training, and of the roster: opened, started, evidence, left.
        await Wait.Until(async () => await Entries() == 8, "everything is in the ledger");
        await office.Workers.Tell(told);
        await office.Matching.Tell((offer, hired));
        var last = await office.Worker();
        await office.Hire(last);
        Assert.Equal(10, await Entries());

        async Task<long> Entries() => (long)(await official.Get("/api/outflow/ledger/verification")).Is(200).Json["entries"]!;
    }

    private static readonly Sql MoveDay = Sql.Text("UPDATE ledger SET on_day = @OnDay WHERE position = @Position");

    private static readonly Sql CutOff = Sql.Text("DELETE FROM ledger WHERE position = @Position");
}
