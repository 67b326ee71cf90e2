using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LaborBridge.Tests.Laboratory;

/// <summary>The services' databases as they lie there: read by plain statements, past all code that wrote them.</summary>
internal sealed class Books(Cluster cluster)
{
    public async Task<IReadOnlyList<Row>> Read(string service, string sql)
    {
        await using var connection = Open(service);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 5;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<Row>();
        while (await reader.ReadAsync())
        {
            var row = new Row();
            for (var i = 0; i < reader.FieldCount; i++)
            {
                row[reader.GetName(i)] = await reader.IsDBNullAsync(i) ? null : reader.GetValue(i);
            }

            rows.Add(row);
        }

        return rows;
    }

    public async Task<long> Number(string service, string sql) => (await Read(service, sql)) is [var row] ? Convert.ToInt64(row.Values.Single() ?? 0L) : 0;

    /// <summary>Last position of each log.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Heads()
    {
        var heads = new Dictionary<string, long>();
        foreach (var service in Names.Streaming)
        {
            heads[service] = await Number(service, "SELECT position FROM stream_head WHERE id = 1");
        }

        return heads;
    }

    /// <summary>Whether all that was told up to these heads is shipped and applied everywhere.</summary>
    public async Task<bool> HaveReached(IReadOnlyDictionary<string, long> heads)
    {
        foreach (var service in Names.Streaming)
        {
            if (await Number(service, "SELECT shipped_position FROM stream_relay WHERE id = 1") < heads[service])
            {
                return false;
            }
        }

        foreach (var (service, stream) in Names.Subscriptions)
        {
            if (await Number(service, $"SELECT position FROM stream_checkpoint WHERE stream = '{stream}'") < heads[stream])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A connection of its own, not shared with anybody.</summary>
    public DbConnection Open(string service) => cluster.Server is null
        ? new SqliteConnection($"Data Source={cluster.FileOf(service)};Mode=ReadWrite;Pooling=False;Default Timeout=5")
        : new NpgsqlConnection($"{cluster.ConnectionString(service)};Timeout=5");
}

/// <summary>A row by the names of its columns.</summary>
internal sealed class Row : Dictionary<string, object?>
{
    public string? Text(string column) => this[column]?.ToString();

    public string Id(string column = "id") => Text(column)!;

    public long Long(string column) => Convert.ToInt64(this[column] ?? 0L);

    public bool Flag(string column) => Long(column) != 0;

    public byte[] Bytes(string column) => (byte[])this[column]!;
}
