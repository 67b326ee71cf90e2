using System.Text.Json;
using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Matching.Engine;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using EngineSkill = LaborBridge.Matching.Engine.Skill;

namespace LaborBridge.Matching.Books;

/// <summary>The willing workers as Workers told of them; neither sex nor birth year is here. Somebody travels with others only while wish and consent stand.</summary>
internal static class WorkerCopy
{
    private static readonly Sql Stub = Sql.InsertOrIgnore("match_workers", "worker_id", "change_no, willing, open_offers");

    private static readonly Sql SetWilling = Sql.Text(
        "UPDATE match_workers SET willing = 1, home_division = @HomeDivision, entry = @Entry, with_id = @With WHERE worker_id = @WorkerId");

    private static readonly Sql SetUnwilling = Sql.Text("UPDATE match_workers SET willing = 0, with_id = NULL WHERE worker_id = @WorkerId");

    private static readonly Sql Forget = Sql.Text("UPDATE match_workers SET willing = 0, entry = NULL, with_id = NULL WHERE worker_id = @WorkerId");

    private static readonly Sql ForgetAll = Sql.Text("UPDATE match_workers SET willing = 0, entry = NULL, with_id = NULL WHERE willing = 1 OR entry IS NOT NULL");

    private static readonly Sql One = Sql.Text($"SELECT {WorkerRow.Columns} FROM match_workers {{lock}} WHERE worker_id = @Id {{for update}}");

    private static readonly Sql Many = Sql.Text($"SELECT {WorkerRow.Columns} FROM match_workers {{lock}} WHERE worker_id IN @Ids ORDER BY worker_id {{for update}}");

    private static readonly Sql ForgetInRounds = Sql.Text("UPDATE round_workers SET entry = NULL WHERE worker_id = @WorkerId");

    public static async Task Apply(Tx tx, WorkerWilling willing, EventContext context)
    {
        await EnsureRow(tx, willing.WorkerId);
        await tx.Execute(SetWilling, new { willing.HomeDivision, Entry = JsonSerializer.Serialize(willing, JsonText.Options), willing.With, willing.WorkerId });
        tx.WorkerChanged(willing.WorkerId);
    }

    public static async Task Apply(Tx tx, WorkerNotWilling unwilling, EventContext context)
    {
        await EnsureRow(tx, unwilling.WorkerId);
        await tx.Execute(SetUnwilling, new { unwilling.WorkerId });
        tx.WorkerChanged(unwilling.WorkerId);
    }

    public static async Task Apply(Tx tx, WorkerErased erased, EventContext context)
    {
        await EnsureRow(tx, erased.WorkerId);
        await tx.Execute(Forget, new { erased.WorkerId });
        await tx.Execute(ForgetInRounds, new { erased.WorkerId });
        tx.WorkerChanged(erased.WorkerId);
    }

    public static async Task Clear(Tx tx)
    {
        await tx.Execute(ForgetAll);
        await Experience.ClearMergers(tx);
        tx.EveryWorkerChanged();
    }

    public static Task<int> EnsureRow(Tx tx, Guid worker) => tx.Execute(Stub, new { WorkerId = worker, ChangeNo = 0L, Willing = false, OpenOffers = 0 });

    /// <summary>The worker's row, locked to the end of a write.</summary>
    public static Task<WorkerRow?> Lock(Tx tx, Guid worker) => tx.First<WorkerRow>(One, new { Id = worker });

    /// <summary>The rows of several workers, locked in the order of their ids.</summary>
    public static Task<List<WorkerRow>> Lock(Tx tx, IReadOnlyCollection<Guid> workers) => tx.Query<WorkerRow>(Many, new { Ids = workers });

    /// <summary>The engine's view; null while nothing is known of the worker.</summary>
    /// <param name="row">The copy.</param>
    /// <param name="broken">Why there is no entry although something was told.</param>
    public static WorkerEntry? Entry(WorkerRow row, out string? broken) => EngineView.Of(() => Map(row), EngineView.Check, out broken);

    public static WorkerEntry? Entry(WorkerRow row) => Entry(row, out _);

    private static WorkerEntry? Map(WorkerRow row) => row.Entry is null || JsonSerializer.Deserialize<WorkerWilling>(row.Entry, JsonText.Options) is not { } told ? null : new WorkerEntry
    {
        Id = row.WorkerId,
        Home = EngineView.Division(told.HomeDivision),
        Skills = [.. (told.Skills ?? []).GroupBy(skill => skill.Trade, (trade, skills) => new EngineSkill(trade, skills.Max(skill => EngineView.Grade(skill.Grade))), StringComparer.Ordinal)],
        Certificates = EngineView.Once(told.Certificates),
        Languages = EngineView.Once(told.Languages),
        WishedTrades = EngineView.Once(told.Trades),
        WishedPlaces = EngineView.Once([.. (told.Places ?? []).Select(EngineView.Division)]),
        LowestPay = told.MonthlyPayFen,
        From = told.From,
        NeedsLodging = told.Lodging,
        CanteenWishes = EngineView.Once(told.Canteens),
        Turns18On = told.Turns18On,
        With = told.With,
        PartnerAt = row.PartnerAt,
        ExperienceMonths = row.ExperienceMonths,
        Priority = told.Monitored ? 100 : 0,
        Consent = row.Willing,
        Free = row.RunningPlacement is null,
    };
}

internal sealed class WorkerRow
{
    public const string Columns = "worker_id, change_no, home_division, willing, entry, running_placement, open_offers, with_id";

    /// <summary>
    /// The columns with the worker's experience and the place that draws him: where most of those work who name the same as he does, else where the one works whom he names and
    /// who names him (as <see cref="Party"/> has it). Not for rows that are being locked: it reads rows of others.
    /// </summary>
    public const string ForBook = $$"""
        {{Columns}}, {{Experience.Months}} AS experience_months, COALESCE(
            (SELECT p.workplace FROM match_workers p WHERE p.with_id = match_workers.with_id AND p.worker_id <> match_workers.worker_id AND p.workplace IS NOT NULL
                GROUP BY p.workplace ORDER BY COUNT(*) DESC, p.workplace {first:1}),
            (SELECT p.workplace FROM match_workers p WHERE p.worker_id = match_workers.with_id AND p.with_id = match_workers.worker_id)) AS partner_at
        """;

    public required Guid WorkerId { get; init; }
    public required long ChangeNo { get; init; }
    public string? HomeDivision { get; init; }
    public required bool Willing { get; init; }
    public string? Entry { get; init; }
    public Guid? RunningPlacement { get; init; }
    public required int OpenOffers { get; init; }

    /// <summary>The person or group travelled with, while the worker is willing.</summary>
    public Guid? WithId { get; init; }

    /// <summary>Division of the place where the partner or most of the group work.</summary>
    public string? PartnerAt { get; init; }

    /// <summary>Months of the spells that are over.</summary>
    public int ExperienceMonths { get; init; }
}
