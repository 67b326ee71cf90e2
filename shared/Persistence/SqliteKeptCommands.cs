using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace LaborBridge.Persistence;

/// <summary>
/// The writer's connection: it keeps compiled statements. The same few dozen texts run all day, and SQLite takes as long to compile
/// a small statement as to run it.
/// </summary>
internal sealed class SqliteKeepingConnection(string connectionString) : SqliteConnection(connectionString)
{
    // Texts beyond it are compiled each time.
    private const int Limit = 500;
    private readonly Dictionary<string, SqliteCommand> kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SqliteStatement> statements = new(StringComparer.Ordinal);

    /// <summary>A command of its own for the text: nobody else uses it until it comes back.</summary>
    public SqliteCommand Take(string text)
    {
        if (kept.Remove(text, out var command))
        {
            return command;
        }

        command = CreateCommand();
        command.CommandText = text;
        return command;
    }

    public void Return(SqliteCommand command)
    {
        command.Parameters.Clear();
        if (kept.Count >= Limit || !kept.TryAdd(command.CommandText, command))
        {
            command.Dispose();
        }
    }

    /// <summary>The compiled statement of a batch: the texts are as few as the tables.</summary>
    public SqliteStatement Statement(string text, Func<string, SqliteStatement> make)
    {
        if (!statements.TryGetValue(text, out var statement))
        {
            statements.Add(text, statement = make(text));
        }

        return statement;
    }

    protected override DbCommand CreateDbCommand() => new SqliteKeptCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var statement in statements.Values)
            {
                statement.Dispose();
            }

            statements.Clear();
        }

        base.Dispose(disposing);
    }
}

/// <summary>Lends a kept command from the moment its text is set until it is disposed.</summary>
internal sealed class SqliteKeptCommand(SqliteKeepingConnection connection) : DbCommand
{
    private SqliteCommand? lent;

    [AllowNull]
    public override string CommandText
    {
        get => lent?.CommandText ?? "";
        set
        {
            GiveBack();
            lent = string.IsNullOrEmpty(value) ? null : connection.Take(value);
        }
    }

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection { get; set; } = connection;

    protected override DbParameterCollection DbParameterCollection => Lent.Parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    private SqliteCommand Lent => lent ?? throw new InvalidOperationException("Set CommandText first: it decides which compiled statement this is.");

    public override void Cancel() => Lent.Cancel();

    public override int ExecuteNonQuery() => Lent.ExecuteNonQuery();

    public override object? ExecuteScalar() => Lent.ExecuteScalar();

    public override void Prepare() => Lent.Prepare();

    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Lent.ExecuteReader(behavior);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            GiveBack();
        }

        base.Dispose(disposing);
    }

    private void GiveBack()
    {
        if (lent is not null)
        {
            connection.Return(lent);
            lent = null;
        }
    }
}
