namespace LaborBridge.Persistence;

/// <summary>The databases that LaborBridge runs on.</summary>
public enum SqlKind
{
    /// <summary>One file, one process.</summary>
    Sqlite,
    /// <summary>PostgreSQL and the databases that speak its protocol; any number of replicas.</summary>
    PostgreSql,
    /// <summary>Microsoft SQL Server; any number of replicas.</summary>
    SqlServer,
}
