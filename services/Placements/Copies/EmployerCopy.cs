using LaborBridge.Persistence;

namespace LaborBridge.Placements.Copies;

/// <summary>What Placements knows of a firm.</summary>
internal sealed class EmployerCopy
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string State { get; init; }

    public required string SiteDivision { get; init; }

    public required string SiteKind { get; init; }

    public required bool FujianInvested { get; init; }

    public static Task<EmployerCopy?> Find(Tx tx, Guid id) => tx.First<EmployerCopy>(FindOne, new { Id = id });

    public static Task Save(Tx tx, EmployerCopy employer) => tx.Execute(SaveOne, employer);

    /// <summary>No firm and no posting is known until told of again. A firm keeps its name for the placements that refer to it, and so that the ledger learns only of changes.</summary>
    public static async Task ForgetAll(Tx tx)
    {
        await tx.Execute(MarkAll, new { State = Forgotten });
        await tx.Execute(PostingCopy.DropAll);
    }

    const string Forgotten = "forgotten";

    static readonly Sql MarkAll = Sql.Text("UPDATE employer SET state = @State");

    static readonly Sql FindOne = Sql.Text("SELECT id, name, state, site_division, site_kind, fujian_invested FROM employer WHERE id = @Id");

    static readonly Sql SaveOne = Sql.Upsert("employer", "id", "name, state, site_division, site_kind, fujian_invested");
}

/// <summary>What Placements knows of a posting.</summary>
internal sealed class PostingCopy
{
    public required Guid Id { get; init; }

    public required Guid EmployerId { get; init; }

    public required string Title { get; init; }

    public required string SiteDivision { get; init; }

    public required string SiteText { get; init; }

    public required string Trade { get; init; }

    public required string ContractForm { get; init; }

    public required int ContractMonths { get; init; }

    public static Task<PostingCopy?> Find(Tx tx, Guid id) => tx.First<PostingCopy>(FindOne, new { Id = id });

    public static Task Save(Tx tx, PostingCopy posting) => tx.Execute(SaveOne, posting);

    public static readonly Sql DropAll = Sql.Text("DELETE FROM posting");

    static readonly Sql FindOne = Sql.Text("SELECT id, employer_id, title, site_division, site_text, trade, contract_form, contract_months FROM posting WHERE id = @Id");

    static readonly Sql SaveOne = Sql.Upsert("posting", "id", "employer_id, title, site_division, site_text, trade, contract_form, contract_months");
}
