using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LaborBridge.Persistence;

/// <summary>
/// Copies the log of a SQLite file into the file now and then, on a thread and a connection of its own while the writer goes on: a commit that does it keeps everybody
/// waiting. Where the writer is always ahead, its own check point takes the rest.
/// </summary>
internal sealed class SqliteCheckpoints(string connectionString) : IAsyncDisposable
{
    /// <summary>Rows that were written between two copies: some commits of an import, a thousand registrations.</summary>
    private const int Every = 10_000;

    private Task running = Task.CompletedTask;
    private int copied;

    /// <summary>The writer has committed.</summary>
    public void After(SqliteConnection writer)
    {
        var changes = raw.sqlite3_total_changes(writer.Handle);
        // A connection that was opened anew counts from nothing.
        if (running.IsCompleted && (changes < copied || changes - copied > Every))
        {
            copied = changes;
            running = Task.Run(Copy);
        }
    }

    public async ValueTask DisposeAsync() => await running;

    private void Copy()
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
            command.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // Nothing is lost: what was committed stays in the log, and whatever ails the disk meets the next commit, which tells.
            copied = 0;
        }
    }
}
