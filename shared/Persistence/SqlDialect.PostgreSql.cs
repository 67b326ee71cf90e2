using System.Collections;
using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace LaborBridge.Persistence;

public abstract partial class SqlDialect
{
    private sealed class PostgreSqlDialect : SqlDialect
    {
        public override SqlKind Kind => SqlKind.PostgreSql;

        public override string First(string count) => $"LIMIT {count}";

        public override string Lock => "";

        public override string ForUpdate => "FOR UPDATE";

        public override string Now => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS bigint)";

        public override string MigrationLock => "SELECT pg_advisory_lock(4712003)";

        public override string Type(string token) => token switch
        {
            "clustered" => "",
            "id" or "text" or "date" => "text COLLATE \"C\"",
            "instant" or "long" => "bigint",
            "int" or "flag" => "integer",
            "double" => "double precision",
            "bytes" => "bytea",
            _ when token.StartsWith("text:", StringComparison.Ordinal) => "text COLLATE \"C\"",
            _ => throw Unknown(token),
        };

        public override string InsertOrIgnore(string table, string[] keys, string[] columns) =>
            $"{InsertInto(table, [.. keys, .. columns])} ON CONFLICT ({string.Join(", ", keys)}) DO NOTHING";

        public override string Upsert(string table, string[] keys, string[] columns) =>
            $"{InsertInto(table, [.. keys, .. columns])} ON CONFLICT ({string.Join(", ", keys)}) DO UPDATE SET "
            + string.Join(", ", columns.Select(column => $"{column} = excluded.{column}"));

        public override bool IsTransient(Exception error) => error switch
        {
            PostgresException { SqlState: "40001" or "40P01" or "53300" or "55P03" } => true,
            PostgresException { SqlState: ['5', '7', 'P', '0', _] } => true,
            PostgresException => false,
            NpgsqlException { IsTransient: true } or SocketException or IOException => true,
            NpgsqlException { InnerException: SocketException or IOException or TimeoutException } => true,
            _ => false,
        };

        // Insufficient resources, system errors, a server that only reads.
        public override bool IsOutage(Exception error) => error is PostgresException { SqlState: ['5', '3' or '8', ..] or PostgresErrorCodes.ReadOnlySqlTransaction };

        public override bool IsDuplicate(Exception error) => error is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

        // The driver takes an array where others take one parameter for each value.
        internal override string Lists(string text) => Sql.List().Replace(text, "= ANY(@$1)");

        internal override object List(IEnumerable values) => values switch
        {
            IEnumerable<int> numbers => numbers.Select(number => (long)number).ToArray(),
            IEnumerable<long> numbers => numbers.ToArray(),
            _ => values.Cast<object?>().Select(value => value is Guid id ? id.ToString("D") : (string?)value).ToArray(),
        };

        internal override DbConnection Connect(string connectionString) => new NpgsqlConnection(connectionString);

        internal override async Task EnsureDatabase(string connectionString, CancellationToken cancel)
        {
            var target = new NpgsqlConnectionStringBuilder(connectionString);
            var name = target.Database ?? throw new InvalidOperationException("The PostgreSQL connection string names no Database.");
            var server = new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres", Pooling = false };
            await using var connection = new NpgsqlConnection(server.ConnectionString);
            await connection.OpenAsync(cancel);
            await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = @Name", connection);
            exists.Parameters.AddWithValue("Name", name);
            if (await exists.ExecuteScalarAsync(cancel) is not null)
            {
                return;
            }

            try
            {
                await using var create = new NpgsqlCommand($"CREATE DATABASE \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection);
                await create.ExecuteNonQueryAsync(cancel);
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
            {
                // Another replica was a moment faster; the database is there, which is all we asked for.
                return;
            }
        }
    }
}
