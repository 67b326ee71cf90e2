using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LaborBridge.Persistence;

/// <summary>
/// One prepared SQLite statement for many rows, its parameters bound by number. (The ADO.NET provider looks each parameter up by name at each
/// execution, through a search that is linear in the number of parameters: with a wide row most of an insert's time.)
/// </summary>
internal static class SqliteBatch
{
    public static void Execute<T>(SqliteConnection connection, string sql, string[] names, Func<T, object>[] readers, IReadOnlyCollection<T> rows)
    {
        if (connection is SqliteKeepingConnection keeping)
        {
            Run(keeping.Statement(sql, text => new SqliteStatement(keeping, text, names)), readers, rows);
            return;
        }

        using var statement = new SqliteStatement(connection, sql, names);
        Run(statement, readers, rows);
    }

    private static void Run<T>(SqliteStatement prepared, Func<T, object>[] readers, IReadOnlyCollection<T> rows)
    {
        var (db, statement, places) = (prepared.Database, prepared.Handle, prepared.Places);
        try
        {
            foreach (var row in rows)
            {
                for (var i = 0; i < places.Length; i++)
                {
                    Check(Bind(statement, places[i], readers[i](row)), db);
                }

                // What a statement answers (a row of RETURNING) is passed over.
                var result = raw.sqlite3_step(statement);
                while (result == raw.SQLITE_ROW)
                {
                    result = raw.sqlite3_step(statement);
                }

                if (result != raw.SQLITE_DONE)
                {
                    Check(result, db);
                }

                raw.sqlite3_reset(statement);
            }
        }
        finally
        {
            raw.sqlite3_reset(statement);
            raw.sqlite3_clear_bindings(statement);
        }
    }

    private static int Bind(sqlite3_stmt statement, int place, object value) => value switch
    {
        DBNull => raw.sqlite3_bind_null(statement, place),
        string text => Text(statement, place, text),
        Guid id => Text(statement, place, id.ToString("D")),
        DateOnly day => Text(statement, place, day.ToString("yyyy-MM-dd")),
        DateTimeOffset instant => raw.sqlite3_bind_int64(statement, place, ValueHandlers.Microseconds(instant)),
        bool flag => raw.sqlite3_bind_int(statement, place, flag ? 1 : 0),
        int number => raw.sqlite3_bind_int(statement, place, number),
        long number => raw.sqlite3_bind_int64(statement, place, number),
        double number => raw.sqlite3_bind_double(statement, place, number),
        byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes),
        _ => throw new NotSupportedException($"{value.GetType().Name} is no type that is stored: write it as text, a number or bytes."),
    };

    private static int Text(sqlite3_stmt statement, int place, string text)
    {
        const int OnStack = 512;
        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = longest > OnStack ? ArrayPool<byte>.Shared.Rent(longest) : null;
        var buffer = rented ?? stackalloc byte[OnStack];
        var result = raw.sqlite3_bind_text(statement, place, buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return result;
    }

    internal static void Check(int result, sqlite3 db) => SqliteException.ThrowExceptionForRC(result, db);
}

/// <summary>A compiled statement, and where its parameters are.</summary>
internal sealed class SqliteStatement : IDisposable
{
    public SqliteStatement(SqliteConnection connection, string sql, string[] names)
    {
        Database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        SqliteBatch.Check(raw.sqlite3_prepare_v2(Database, sql, out var statement), Database);
        Handle = statement;
        Places = [.. names.Select(name => raw.sqlite3_bind_parameter_index(statement, "@" + name))];
    }

    public sqlite3 Database { get; }

    public sqlite3_stmt Handle { get; }

    public int[] Places { get; }

    public void Dispose() => Handle.Dispose();
}
