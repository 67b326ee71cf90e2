using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using LaborBridge.Persistence;

namespace LaborBridge.Tests.Architecture.Statements;

/// <summary>One SQL statement with its place, as the tests name it.</summary>
internal sealed partial record Statement(string Assembly, string Place, Sql Sql)
{
    /// <summary>The text as the database gets it: Dapper makes a list of the parameter behind IN.</summary>
    public string Text(SqlKind kind) => List().Replace(Sql.Render(kind), "IN ($1)");

    public override string ToString() => $"{Assembly}: {Place}";

    [GeneratedRegex(@"\bIN\s+(@\w+)", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex List();
}

/// <summary>Every statement that LaborBridge can run: all static fields that hold <see cref="Sql"/>, alone or in collections.</summary>
internal static class AllStatements
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<Assembly> Assemblies { get; } =
        [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "LaborBridge.*.dll")
            .Where(file => !Path.GetFileName(file).StartsWith("LaborBridge.Tests.", StringComparison.Ordinal) && !file.EndsWith(".Views.dll", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => Assembly.Load(Path.GetFileNameWithoutExtension(file)))];

    public static IReadOnlyList<Statement> All { get; } = [.. Assemblies.SelectMany(In)];

    /// <summary>Migrations of an assembly, this library's own included in <see cref="Assemblies"/>.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = [.. Assemblies.SelectMany(Migrator.All)];

    private static IEnumerable<Statement> In(Assembly assembly) =>
        from type in assembly.GetTypes()
        where !type.ContainsGenericParameters
        from field in type.GetFields(Any)
        where Holds(field.FieldType)
        from sql in Values(type, field)
        select new Statement(assembly.GetName().Name!, $"{type.FullName}.{field.Name}", sql);

    private static bool Holds(Type type) =>
        type == typeof(Sql) || type == typeof(SealedColumn) || type == typeof(SealedFiles) || type.GetElementType() == typeof(SealedColumn) || type.GetElementType() == typeof(Sql) || type.GenericTypeArguments.Contains(typeof(Sql));

    private static IEnumerable<Sql> Values(Type type, FieldInfo field)
    {
        RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        return field.GetValue(null) switch
        {
            Sql one => [one],
            SealedColumn one => one.Statements,
            SealedFiles one => one.Statements,
            IEnumerable<SealedColumn> many => many.SelectMany(one => one.Statements),
            IDictionary many => many.Values.OfType<Sql>(),
            IEnumerable many => many.OfType<Sql>(),
            var other => throw new InvalidOperationException($"{type.Name}.{field.Name} is {other?.GetType().Name ?? "null"}: hold statements in fields of type Sql"),
        };
    }
}
