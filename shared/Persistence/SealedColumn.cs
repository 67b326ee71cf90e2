namespace LaborBridge.Persistence;

/// <summary>Stored values that are encrypted under a <see cref="KeyRing"/>, and how those under an older key are encrypted anew.</summary>
public interface ISealed
{
    /// <summary>What it is, for the operator: <c>workers.name</c>.</summary>
    string Name { get; }

    /// <summary>Encrypts a portion anew within a transaction.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="keys">The ring; its current key is the one to have.</param>
    /// <param name="after">Where the portion before ended; empty at the beginning.</param>
    /// <returns>How many values were changed, and where to go on; null at the end.</returns>
    Task<(int Changed, string? After)> Reseal(Tx tx, KeyRing keys, string after);
}

/// <summary>
/// A column of values made by <see cref="KeyRing.Encrypt"/>, bound to table, column and the row's id. A value that somebody changes meanwhile is left to the next pass.
/// </summary>
public sealed class SealedColumn : ISealed
{
    private const int Portion = 200;

    private readonly string table;
    private readonly string column;
    private readonly Sql selectOld;
    private readonly Sql save;

    /// <summary>A column.</summary>
    /// <param name="table">The table.</param>
    /// <param name="id">The column with the id that the value is bound to.</param>
    /// <param name="column">The column.</param>
    public SealedColumn(string table, string id, string column)
    {
        (this.table, this.column) = (table, column);
        selectOld = Sql.Text($"""
            SELECT {id} AS id, {column} AS cipher FROM {table} WHERE {id} > @After AND {column} IS NOT NULL AND SUBSTRING({column}, 1, 1) <> @Key ORDER BY {id} {"{first:@Take}"}
            """);
        save = Sql.Text($"UPDATE {table} SET {column} = @Fresh WHERE {id} = @Id AND {column} = @Cipher");
    }

    /// <inheritdoc/>
    public string Name => $"{table}.{column}";

    /// <summary>Its statements, for the tests that parse them.</summary>
    public IReadOnlyList<Sql> Statements => [selectOld, save];

    /// <inheritdoc/>
    public async Task<(int Changed, string? After)> Reseal(Tx tx, KeyRing keys, string after)
    {
        var rows = await tx.Query<Value>(selectOld, new { After = after, Key = new[] { (byte)keys.Current }, Take = Portion });
        await tx.ExecuteMany(save, [.. rows.Select(row => new Resealed(row.Id, row.Cipher, keys.Encrypt(table, column, row.Id, keys.Decrypt(table, column, row.Id, row.Cipher))))]);
        return (rows.Count, rows.Count < Portion ? null : rows[^1].Id.ToString("D"));
    }

    private sealed class Value
    {
        public required Guid Id { get; init; }

        public required byte[] Cipher { get; init; }
    }

    private sealed record Resealed(Guid Id, byte[] Cipher, byte[] Fresh);
}
