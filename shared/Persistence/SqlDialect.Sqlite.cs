using System.Collections;
using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace LaborBridge.Persistence;

public abstract partial class SqlDialect
{
    private sealed class SqliteDialect : SqlDialect
    {
        private const int Busy = 5, Locked = 6, NoMemory = 7, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14;
        private const int Constraint = 19, ConstraintPrimaryKey = 1555, ConstraintUnique = 2067;

        public override SqlKind Kind => SqlKind.Sqlite;

        public override string First(string count) => $"LIMIT {count}";

        public override string Lock => "";

        public override string ForUpdate => "";

        public override string Now => "CAST(unixepoch('subsec') * 1000000 AS INTEGER)";

        public override string MigrationLock => "";

        public override string Type(string token) => token switch
        {
            "clustered" => "WITHOUT ROWID",
            "id" or "text" or "date" => "TEXT",
            "instant" or "int" or "long" or "flag" => "INTEGER",
            "double" => "REAL",
            "bytes" => "BLOB",
            _ when token.StartsWith("text:", StringComparison.Ordinal) => "TEXT",
            _ => throw Unknown(token),
        };

        public override string InsertOrIgnore(string table, string[] keys, string[] columns) =>
            $"{InsertInto(table, [.. keys, .. columns])} ON CONFLICT ({string.Join(", ", keys)}) DO NOTHING";

        public override string Upsert(string table, string[] keys, string[] columns) =>
            $"{InsertInto(table, [.. keys, .. columns])} ON CONFLICT ({string.Join(", ", keys)}) DO UPDATE SET "
            + string.Join(", ", columns.Select(column => $"{column} = excluded.{column}"));

        public override bool IsTransient(Exception error) => error is SqliteException { SqliteErrorCode: Busy or Locked };

        public override bool IsOutage(Exception error) => error is SqliteException { SqliteErrorCode: NoMemory or ReadOnly or InputOutput or Corrupt or Full or CannotOpen };

        public override bool IsDuplicate(Exception error) => error is SqliteException
        {
            SqliteErrorCode: Constraint,
            SqliteExtendedErrorCode: ConstraintPrimaryKey or ConstraintUnique,
        };

        // One parameter whatever the length: the text stays the same and its statement is kept, and nothing is bound by name a hundred times.
        internal override string Lists(string text) => Sql.List().Replace(text, "IN (SELECT value FROM json_each(@$1))");

        internal override object List(IEnumerable values) => JsonSerializer.Serialize(values);

        internal override DbConnection Connect(string connectionString) => new SqliteConnection(connectionString);

        internal override Task EnsureDatabase(string connectionString, CancellationToken cancel)
        {
            var file = new SqliteConnectionStringBuilder(connectionString).DataSource;
            if (file is "" or ":memory:" || file.Contains("mode=memory", StringComparison.OrdinalIgnoreCase))
            {
                throw new InvalidOperationException("SQLite in memory loses everything at a restart. Name a file: Data Source=/path/{service}.db.");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            return Task.CompletedTask;
        }
    }
}
