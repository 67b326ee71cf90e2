using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace LaborBridge.Tests.Architecture.Statements;

/// <summary>Microsoft's own parser of SQL Server 2019's language: no SQL Server can be started where the tests run.</summary>
internal static class TransactSql
{
    /// <summary>What is wrong with the text; empty when the server would parse it.</summary>
    public static IReadOnlyList<string> Errors(string text)
    {
        using var reader = new StringReader(text);
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return [.. errors.Select(error => $"line {error.Line}, column {error.Column}: {error.Message}")];
    }
}
