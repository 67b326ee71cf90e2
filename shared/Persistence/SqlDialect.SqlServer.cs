using System.Collections;
using System.Data.Common;
using Dapper;
using Microsoft.Data.SqlClient;

namespace LaborBridge.Persistence;

public abstract partial class SqlDialect
{
    private sealed class SqlServerDialect : SqlDialect
    {
        public override SqlKind Kind => SqlKind.SqlServer;

        public override string First(string count) => $"OFFSET 0 ROWS FETCH NEXT {count} ROWS ONLY";

        public override string Lock => "WITH (UPDLOCK, ROWLOCK)";

        public override string ForUpdate => "";

        public override string Now => "DATEDIFF_BIG(MICROSECOND, '19700101', SYSUTCDATETIME())";

        public override string MigrationLock =>
            "EXEC sp_getapplock @Resource = 'laborbridge-migrations', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 60000";

        public override string Type(string token) => token switch
        {
            "clustered" => "",
            "id" => "char(36) COLLATE Latin1_General_BIN2",
            "date" => "char(10) COLLATE Latin1_General_BIN2",
            "text" => "nvarchar(max) COLLATE Latin1_General_BIN2",
            "instant" or "long" => "bigint",
            "int" or "flag" => "int",
            "double" => "float",
            "bytes" => "varbinary(max)",
            _ when token.StartsWith("text:", StringComparison.Ordinal) =>
                $"nvarchar({int.Parse(token["text:".Length..])}) COLLATE Latin1_General_BIN2",
            _ => throw Unknown(token),
        };

        public override string InsertOrIgnore(string table, string[] keys, string[] columns)
        {
            string[] all = [.. keys, .. columns];
            return $"INSERT INTO {table} ({string.Join(", ", all)}) SELECT {string.Join(", ", all.Select(Sql.Parameter))} "
                + $"WHERE NOT EXISTS (SELECT 1 FROM {table} WITH (UPDLOCK, HOLDLOCK) WHERE {Where(keys)})";
        }

        public override string Upsert(string table, string[] keys, string[] columns) =>
            $"UPDATE {table} WITH (UPDLOCK, HOLDLOCK) SET {string.Join(", ", columns.Select(column => $"{column} = {Sql.Parameter(column)}"))} WHERE {Where(keys)}; "
            + $"IF @@ROWCOUNT = 0 {InsertInto(table, [.. keys, .. columns])}";

        // 1205 deadlock victim, 1222 lock time-out, 40197/40501/40613/49918-49920/10928/10929 failover and throttling, -2 time-out,
        // 233/10053/10054/10060 and 64 lost connections.
        public override bool IsTransient(Exception error) => error is SqlException sql && sql.Errors.Cast<SqlError>().Any(one => one.Number
            is 1205 or 1222 or 40197 or 40501 or 40613 or 49918 or 49919 or 49920 or 10928 or 10929 or -2 or 64 or 233 or 10053 or 10054 or 10060);

        // Memory, disk, log, input and output, a database that is only read.
        public override bool IsOutage(Exception error) => error is SqlException sql && sql.Errors.Cast<SqlError>().Any(one => one.Number is 701 or 823 or 824 or 845 or 1101 or 1105 or 3906 or 9002);

        public override bool IsDuplicate(Exception error) => error is SqlException { Number: 2601 or 2627 };

        // An id as nvarchar would scan a char(36) key.
        internal override object List(IEnumerable values) => values.Cast<object?>()
            .Select(value => value is Guid id ? new DbString { Value = id.ToString("D"), IsAnsi = true, IsFixedLength = true, Length = 36 } : value).ToArray();

        internal override DbConnection Connect(string connectionString) => new SqlConnection(connectionString);

        internal override async Task EnsureDatabase(string connectionString, CancellationToken cancel)
        {
            var target = new SqlConnectionStringBuilder(connectionString);
            var server = new SqlConnectionStringBuilder(connectionString) { InitialCatalog = "master" };
            await using var connection = new SqlConnection(server.ConnectionString);
            await connection.OpenAsync(cancel);
            await using var create = connection.CreateCommand();
            create.CommandText = "IF DB_ID(@Name) IS NULL BEGIN DECLARE @Text nvarchar(400) = N'CREATE DATABASE ' + QUOTENAME(@Name); EXEC (@Text) END";
            create.Parameters.AddWithValue("@Name", target.InitialCatalog);
            await create.ExecuteNonQueryAsync(cancel);
        }
    }
}
