using LaborBridge.Persistence;
using LaborBridge.Tests.Fixtures;

namespace LaborBridge.Tests.Services;

/// <summary>A database of a test's own for a host with one service; SQLite needs none beside the data folder.</summary>
internal static class Backend
{
    public static async Task<ScratchDatabase?> Of(SqlKind kind)
    {
        if (kind == SqlKind.Sqlite)
        {
            return null;
        }

        Requires.PostgreSql();
        return await (await PostgreSql.Shared()).CreateDatabase();
    }

    public static IEnumerable<KeyValuePair<string, string?>> Settings(ScratchDatabase? database) => database is null
        ? []
        : [new("LaborBridge:Database:Kind", "postgresql"), new("LaborBridge:Database:ConnectionString", database.ConnectionString)];

    public static ValueTask Drop(ScratchDatabase? database) => database?.DisposeAsync() ?? ValueTask.CompletedTask;
}
