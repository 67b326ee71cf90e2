using System.Text;
using System.Text.RegularExpressions;

namespace LaborBridge.Persistence;

/// <summary>
/// One SQL statement, written once for all databases. Declare each as a <c>static readonly</c> field beside the method that
/// runs it: that field is also how the tests find every statement to parse its T-SQL.
/// <para>Parameters are <c>@PascalCase</c>, equal to the properties of the argument object; <c>IN @Ids</c> takes a list. Tokens for what differs:
/// <c>{first:@N}</c> at the end, after ORDER BY (first N rows); <c>{lock}</c> after a table's name together with
/// <c>{for update}</c> at the end (row locks to the end of the transaction); <c>{now}</c> (the database's clock, microseconds UTC).</para>
/// </summary>
public sealed partial class Sql
{
    private readonly string[] rendered;

    private Sql(Func<SqlDialect, string> render) => rendered =
    [
        render(SqlDialect.Sqlite),
        render(SqlDialect.PostgreSql),
        render(SqlDialect.SqlServer),
    ];

    /// <summary>A statement in the common subset with tokens.</summary>
    public static Sql Text(string text) => new(dialect => dialect.Lists(Token().Replace(text, match => dialect.Token(match.Groups[1].Value))))
    {
        Lists = [.. List().Matches(text).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal)],
    };

    /// <summary>Inserts one row; every column takes the parameter of its name in PascalCase.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Comma-separated column names.</param>
    public static Sql Insert(string table, string columns)
    {
        var names = Names(columns);
        var text = $"INSERT INTO {table} ({string.Join(", ", names)}) VALUES ({string.Join(", ", names.Select(Parameter))})";
        return new Sql(_ => text);
    }

    /// <summary>Inserts one row unless its key exists; 0 rows affected then.</summary>
    /// <param name="table">The table.</param>
    /// <param name="keys">Comma-separated columns of the primary or unique key.</param>
    /// <param name="columns">Comma-separated columns beside the key.</param>
    public static Sql InsertOrIgnore(string table, string keys, string columns = "") =>
        new(dialect => dialect.InsertOrIgnore(table, Names(keys), Names(columns)));

    /// <summary>Inserts one row, or sets the columns beside the key where the key exists.</summary>
    /// <param name="table">The table.</param>
    /// <param name="keys">Comma-separated columns of the primary or unique key.</param>
    /// <param name="columns">Comma-separated columns beside the key.</param>
    public static Sql Upsert(string table, string keys, string columns) =>
        new(dialect => dialect.Upsert(table, Names(keys), Names(columns)));

    /// <summary>The parameters that are lists: <c>IN @Ids</c>.</summary>
    internal IReadOnlyList<string> Lists { get; private init; } = [];

    /// <summary>The text for one database.</summary>
    public string Render(SqlKind kind) => rendered[(int)kind];

    /// <inheritdoc/>
    public override string ToString() => rendered[0];

    /// <summary>The parameter of a column: <c>home_division</c> → <c>@HomeDivision</c>.</summary>
    internal static string Parameter(string column)
    {
        var builder = new StringBuilder("@", column.Length + 1);
        foreach (var part in column.Split('_', StringSplitOptions.RemoveEmptyEntries))
        {
            builder.Append(char.ToUpperInvariant(part[0])).Append(part, 1, part.Length - 1);
        }

        return builder.ToString();
    }

    private static string[] Names(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"\{([a-z][^}]*)\}", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Token();

    /// <summary>A list parameter, <c>IN @Ids</c>.</summary>
    [GeneratedRegex(@"\bIN @([A-Za-z][A-Za-z0-9]*)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    internal static partial Regex List();
}
