using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LaborBridge.Persistence;

/// <summary>
/// One statement for many rows: SQLite gets a prepared statement, SQL Server reuses one command, PostgreSQL gets a pipelined batch (a
/// round trip per row would cap an import at some thousand rows a second).
/// </summary>
internal static partial class BatchCommand<T> where T : class
{
    private static readonly Dictionary<string, Func<T, object>> Readers = typeof(T)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.GetIndexParameters().Length == 0)
        .ToDictionary(property => property.Name, Reader, StringComparer.Ordinal);

    // Texts are constants of the code, so there are not many.
    private static readonly ConcurrentDictionary<string, (string[] Names, Func<T, object>[] Readers)> Bindings = new(StringComparer.Ordinal);

    public static async Task Execute(DbConnection connection, DbTransaction? transaction, string sql, IReadOnlyCollection<T> rows)
    {
        var (names, readers) = Bindings.GetOrAdd(sql, BindingOf);
        if (connection is NpgsqlConnection npgsql)
        {
            await Pipelined(npgsql, sql, names, readers, rows);
            return;
        }

        if (connection is SqliteConnection sqlite)
        {
            SqliteBatch.Execute(sqlite, sql, names, readers, rows);
            return;
        }

        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        var parameters = names.Select(name =>
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + name;
            command.Parameters.Add(parameter);
            return parameter;
        }).ToArray();
        foreach (var row in rows)
        {
            for (var i = 0; i < parameters.Length; i++)
            {
                Set(parameters[i], readers[i](row));
            }

            await command.ExecuteNonQueryAsync();
        }
    }

    private static (string[] Names, Func<T, object>[] Readers) BindingOf(string sql)
    {
        var names = ParameterPattern().Matches(sql).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal).ToArray();
        return (names, [.. names.Select(name => Readers.TryGetValue(name, out var reader)
            ? reader
            : throw new InvalidOperationException($"{typeof(T).Name} has no property for the parameter @{name}."))]);
    }

    private static async Task Pipelined(NpgsqlConnection connection, string sql, string[] names, Func<T, object>[] readers, IReadOnlyCollection<T> rows)
    {
        foreach (var portion in rows.Chunk(500))
        {
            await using var batch = new NpgsqlBatch(connection);
            foreach (var row in portion)
            {
                var command = new NpgsqlBatchCommand(sql);
                for (var i = 0; i < names.Length; i++)
                {
                    var parameter = new NpgsqlParameter { ParameterName = names[i] };
                    Set(parameter, readers[i](row));
                    command.Parameters.Add(parameter);
                }

                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync();
        }
    }

    private static void Set(DbParameter parameter, object value)
    {
        switch (value)
        {
            case Guid id:
                parameter.DbType = DbType.AnsiStringFixedLength;
                parameter.Size = 36;
                parameter.Value = id.ToString("D");
                break;
            case DateOnly day:
                parameter.DbType = DbType.AnsiStringFixedLength;
                parameter.Size = 10;
                parameter.Value = day.ToString("yyyy-MM-dd");
                break;
            case DateTimeOffset instant:
                parameter.DbType = DbType.Int64;
                parameter.Value = ValueHandlers.Microseconds(instant);
                break;
            case bool flag:
                parameter.DbType = DbType.Int32;
                parameter.Value = flag ? 1 : 0;
                break;
            default:
                parameter.Value = value;
                break;
        }
    }

    private static Func<T, object> Reader(PropertyInfo property)
    {
        var row = Expression.Parameter(typeof(T));
        var value = Expression.Convert(Expression.Property(row, property), typeof(object));
        var read = Expression.Lambda<Func<T, object?>>(value, row).Compile();
        return instance => read(instance) ?? DBNull.Value;
    }

    [GeneratedRegex("@([A-Za-z][A-Za-z0-9]*)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ParameterPattern();
}
