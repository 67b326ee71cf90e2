using System.Text.Json;
using LaborBridge.Persistence;
using LaborBridge.Placements.Ledger;

namespace LaborBridge.Placements.Copies;

/// <summary>What Placements knows of a worker: no name, no number; a stub until the Workers stream tells more.</summary>
internal sealed class WorkerCopy
{
    public required Guid Id { get; init; }

    public required bool Recorded { get; init; }

    public required bool Erased { get; init; }

    public string? HomeDivision { get; init; }

    public Guid? Station { get; init; }

    public string? Sex { get; init; }

    public int? BirthYear { get; init; }

    public string? Statuses { get; init; }

    /// <summary>The worker's row, made if need be and locked to the end of the transaction: everything about one worker happens one after the other.</summary>
    public static async Task<WorkerCopy> Lock(Tx tx, Guid id)
    {
        await tx.Execute(InsertStub, new { Id = id, Recorded = false, Erased = false });
        return await tx.First<WorkerCopy>(LockOne, new { Id = id }) ?? throw new InvalidOperationException($"Worker {id} has vanished within its own transaction.");
    }

    public static Task<WorkerCopy?> Find(Tx tx, Guid id) => tx.First<WorkerCopy>(FindOne, new { Id = id });

    public static Task Save(Tx tx, WorkerCopy worker) => tx.Execute(Update, worker);

    /// <summary>Nobody is known until told of again. What was told before stays in the row, so that the ledger learns only of what has changed meanwhile.</summary>
    public static Task ForgetAll(Tx tx) => tx.Execute(UnrecordAll);

    public static string ToText(IReadOnlyList<LedgerStatus> statuses) => JsonSerializer.Serialize(statuses);

    const string Columns = "id, recorded, erased, home_division, station, sex, birth_year, statuses";

    static readonly Sql InsertStub = Sql.InsertOrIgnore("worker", "id", "recorded, erased");

    static readonly Sql LockOne = Sql.Text($"SELECT {Columns} FROM worker {{lock}} WHERE id = @Id {{for update}}");

    static readonly Sql FindOne = Sql.Text($"SELECT {Columns} FROM worker WHERE id = @Id");

    static readonly Sql UnrecordAll = Sql.Text("UPDATE worker SET recorded = 0 WHERE recorded = 1");

    static readonly Sql Update = Sql.Text(
        "UPDATE worker SET recorded = @Recorded, erased = @Erased, home_division = @HomeDivision, station = @Station, sex = @Sex, birth_year = @BirthYear, statuses = @Statuses WHERE id = @Id");
}
